/** A published figure that the files of a place cannot show, and why. Printed with the checks and never counted among them. */
export interface Unmet {
  figure: string
  why: string
}

export const UNMET: readonly Unmet[] = [
  {
    figure: 'Dementia diagnosis rate 82.5 % (plan 2018, 5.2.3), 66.7 % (plan 2023, 4.2)',
    why: 'The files hold what a practice has written down. Who has dementia that nobody has noticed is in no file, as in a real borough.',
  },
  {
    figure: 'Common mental disorders 18.6 % from 16, 11.6 % from 65 (plan 2023, 4.2)',
    why: 'From a survey of symptoms; practices write down diagnoses, and depression is checked against their register.',
  },
  {
    figure: '1.75 community contacts to each person, 467,000 a year (Community Services Statistics 2023-24)',
    why: 'Counts some forty services, wheelchairs, hearing and dentists among them, that nobody here tells of. Those told are checked beside what they cost.',
  },
  {
    figure: 'Lonely often or always 7.6 % (plan 2023, 4.2)',
    why: 'Asked of people in a survey; no service writes it down for everyone.',
  },
  {
    figure: 'Men live 18 and women 26 years with a long-term condition (plan 2018, 3.2)',
    why: 'The plan does not say which conditions count; with asthma and eczema the years double.',
  },
  {
    figure: 'A third of life in poor health in the most deprived areas (plan 2023, 3.1)',
    why: 'Poor health is how people answered a survey; the files hold illness, not how well people feel.',
  },
  {
    figure: 'Almost 500 deaths a year of smoking (plan 2018, 3.2)',
    why: 'Shares of each cause are put down to smoking by formula; no single death is.',
  },
  {
    figure: '6,550 years of life lost amenable to health care (plan 2018, 3.2), 6,500 (plan 2023, 4.6)',
    why: 'Rests on a list of causes and ages that the plans do not give, and was replaced by avoidable mortality.',
  },
  {
    figure: 'Delayed transfers of care 2.5 % (plan 2018, 1.3)',
    why: 'No longer counted since 2020; the criteria to reside took its place and are checked.',
  },
  {
    figure: '14 nursing and residential homes (plan 2018, 3.1)',
    why: 'Contradicts about 1,500 residents (plan 2014) and 2,337 beds (Care Quality Commission).',
  },
  {
    figure: 'Bed occupancy of 92 % or below (plan 2023, 4.4)',
    why: 'The files hold beds in use, not beds there are. Beds in use are checked.',
  },
  {
    figure: 'Childhood obesity, 26.6 % in reception and 37.9 % in year 6 (plan 2023, 3.1)',
    why: 'Measured on one day at school beside the growth reference of 1990, which is in no file; a child’s index at the end of the window is.',
  },
  {
    figure:
      'Breastfeeding, child poverty, school meals, employment, benefits, fuel poverty (plans, 3.1 and 3.2)',
    why: 'No extract has them: they are not what health and care services write down of a person.',
  },
  {
    figure: '550 million pounds of health, adult and children’s care (plan 2018, 3.4.3)',
    why: 'Unit costs of what is told here leave out what has no single patient: estates, public health, schools, children’s social care.',
  },
  {
    figure: '350 referrals a week to locality teams, now 39 (plan 2018, 5.3.2)',
    why: 'Contradicts itself by an order of magnitude, and says of neither which teams and which referrals.',
  },
  {
    figure: 'Premature death with a learning disability, 58 times more likely (plan 2018, 5.2.9)',
    why: 'Misquotes a study of deaths before 50. The mean age at death is checked.',
  },
]
