/** Where the targets are published, as they are cited. */
export const PLAN_2018 = 'Rotherham Integrated Health and Social Care Place Plan, 2018'
export const PLAN_2023 = 'Rotherham Health and Care Place Plan, 2023-25'
export const STP_2016 = 'Rotherham paper to the Sustainability and Transformation Plan, 2016'
export const BCF_2014 = 'Rotherham Better Care Fund plan, 2014'
export const MID_2020 = 'Mid-2020 population estimates, Office for National Statistics'
export const PROJECTION = 'Subnational population projections, 2022-based, Office for National Statistics'
export const CENSUS = 'Census 2021, Office for National Statistics'
export const QOF =
  'Quality and Outcomes Framework 2019-20, as the House of Commons Library maps it to districts'
export const IMD_2019 = 'English Indices of Deprivation 2019'
export const AE = 'A&E Attendances and Emergency Admissions, The Rotherham NHS Foundation Trust, NHS England'
export const SITREP =
  'Acute discharge situation report, The Rotherham NHS Foundation Trust, NHS England, daily, without a day of 1,574 and days of 0'
export const BEDS =
  'Critical care and general and acute beds, The Rotherham NHS Foundation Trust, NHS England'
export const TALKING = 'NHS Talking Therapies, Rotherham, NHS Digital'
export const AMBULANCE = 'Ambulance response times, Yorkshire Ambulance Service, NHS England'

/** A figure of the country, given as such releases round it; it is not among Rotherham's own. */
export const england = (release: string): string => `${release}, England, rounded`
