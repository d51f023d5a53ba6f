import type { ServiceId } from '../../lives/happening.ts'

/** What a team plans with somebody: whose aim it is, and what will be done. */
export interface CarePlanWords {
  service: ServiceId
  /** The reasons it is for; every reason where left out. */
  when?: RegExp
  kind: string
  aims: readonly string[]
  actions: readonly string[]
}

/**
 * The first row of the service that fits the reason. After the usual content of such plans: Royal Marsden manual (nursing),
 * National Wound Care Strategy (leg and pressure ulcers), NICE NG5 and CG103, Care Programme Approach.
 */
export const CARE_PLANS: readonly CarePlanWords[] = [
  {
    service: 'district nursing',
    when: /leg ulcer/i,
    kind: 'Wound care plan',
    aims: ['Ulcer to heal within six months.', 'Wants to walk to the shop again.'],
    actions: [
      'Ankle pressure index at the start and every six months',
      'Compression bandages twice a week',
      'Wound measured and photographed every four weeks',
      'Legs up when sitting; emollient to both legs',
    ],
  },
  {
    service: 'district nursing',
    when: /pressure ulcer/i,
    kind: 'Pressure ulcer care plan',
    aims: ['Skin to heal, and no new damage.'],
    actions: [
      'Dressing changed three times a week',
      'Air mattress and cushion; turned or moved every two to four hours',
      'Waterlow and MUST each month',
      'Dietitian asked for supplements',
    ],
  },
  {
    service: 'district nursing',
    when: /tear|wound/i,
    kind: 'Wound care plan',
    aims: ['Wound healed in four weeks.', 'To be dressed without pain.'],
    actions: [
      'Silicone dressing every three to five days',
      'Watched for infection',
      'Skin of both legs kept supple',
    ],
  },
  {
    service: 'district nursing',
    when: /catheter/i,
    kind: 'Catheter care plan',
    aims: ['No infection, no blockage.', 'Would like to be rid of the catheter.'],
    actions: [
      'Bag changed weekly, catheter every twelve weeks',
      'Two litres to drink a day',
      'Catheter passport kept at home',
    ],
  },
  {
    service: 'district nursing',
    when: /continence/i,
    kind: 'Continence care plan',
    aims: ['Dry at night.', 'Confident to go out.'],
    actions: [
      'Bladder diary for three days',
      'Pelvic floor or timed toileting',
      'Products supplied, reviewed each year',
    ],
  },
  {
    service: 'district nursing',
    when: /injection|blood/i,
    kind: 'Injections and bloods at home',
    aims: ['To have what others have at the surgery, at home.'],
    actions: ['Given or taken as the practice asks', 'Sharps box at home', 'Housebound reviewed each year'],
  },
  {
    service: 'district nursing',
    kind: 'Nursing care plan',
    aims: ['To stay well at home.'],
    actions: ['Visits as agreed', 'Skin checked at each visit', 'Family rings if anything changes'],
  },
  {
    service: 'community matron',
    kind: 'Case management plan',
    aims: ['Fewer nights in hospital.', 'To know what to do when breathless.'],
    actions: [
      'Visit each month',
      'Rescue medicines at home, with when to use them',
      'Advance care plan talked about',
      'One list of medicines',
    ],
  },
  {
    service: 'urgent community response',
    kind: 'Rapid response plan',
    aims: ['To be looked after at home and not go to hospital.'],
    actions: ['Seen within two hours', 'Observations and bloods at home', 'Seen again within a day'],
  },
  {
    service: 'virtual ward',
    kind: 'Virtual ward plan',
    aims: ['Care at hospital level at home, for up to two weeks.'],
    actions: ['Readings at home three times a day', 'Daily call', 'Doctor’s review twice a week'],
  },
  {
    service: 'community therapy',
    when: /falls/i,
    kind: 'Falls prevention plan',
    aims: ['No more falls.', 'To get to the garden without help.'],
    actions: [
      'Strength and balance twice a week for twelve weeks',
      'Rails and raised seat',
      'Lying and standing blood pressure',
      'Eyes and feet checked',
    ],
  },
  {
    service: 'community therapy',
    when: /pulmonary/i,
    kind: 'Pulmonary rehabilitation plan',
    aims: ['To climb the stairs without stopping.'],
    actions: [
      'Class twice a week for eight weeks',
      'Walking test before and after',
      'Breathing control taught',
    ],
  },
  {
    service: 'community therapy',
    kind: 'Therapy plan',
    aims: ['To walk further.', 'To manage stairs and bath alone.', 'Less pain when moving.'],
    actions: ['Exercises at home each day', 'Seen every two weeks', 'Equipment ordered where needed'],
  },
  {
    service: 'intermediate care',
    kind: 'Rehabilitation plan',
    aims: ['To wash, dress and cook alone again within six weeks.'],
    actions: [
      'Calls up to four times a day, fewer as able',
      'Therapist each week',
      'Review at two and four weeks',
    ],
  },
  {
    service: 'podiatry',
    kind: 'Foot protection plan',
    aims: ['No ulcer, no amputation.'],
    actions: [
      'Feet looked at each day',
      'Nails and hard skin every eight weeks',
      'Footwear advice; ring within a day if skin breaks',
    ],
  },
  {
    service: 'speech and language',
    kind: 'Communication and swallowing plan',
    aims: ['To eat safely.', 'To be understood.'],
    actions: [
      'Texture of food and drink as written in the kitchen',
      'Practice at home with family',
      'Review in three months',
    ],
  },
  {
    service: 'health visiting',
    when: /feeding/i,
    kind: 'Family health plan',
    aims: ['Baby feeding well and parents sleeping.'],
    actions: ['Visits every two weeks', 'Weighed in clinic', 'Mood of the mother asked about'],
  },
  {
    service: 'community mental health',
    when: /dementia/i,
    kind: 'Dementia care plan',
    aims: ['To stay at home with family.'],
    actions: [
      'Visit every four weeks',
      'Carer’s needs asked about',
      'Antipsychotics avoided; reviewed every six weeks if used',
    ],
  },
  {
    service: 'community mental health',
    when: /schizo|bipolar/i,
    kind: 'Mental health care plan',
    aims: ['To keep well and keep the flat.', 'To notice early signs and act on them.'],
    actions: [
      'Care co-ordinator every two weeks',
      'Early warning signs written down with family',
      'Yearly physical health check with bloods and ECG',
      'Crisis team: ring at any hour',
    ],
  },
  {
    service: 'community mental health',
    kind: 'Mental health care plan',
    aims: ['To get back to work and friends.', 'Fewer days lost to low mood.'],
    actions: ['Visit every two to four weeks', 'Psychological therapy', 'Safety plan kept on the phone'],
  },
  {
    service: 'crisis and home treatment',
    kind: 'Crisis plan',
    aims: ['To be safe at home.'],
    actions: ['Visit each day at first', 'Medicines looked after by family', 'Numbers to ring day and night'],
  },
  {
    service: 'memory service',
    kind: 'Memory care plan',
    aims: ['To keep doing what matters, for longer.'],
    actions: [
      'Dementia adviser named',
      'Lasting power of attorney and driving talked about',
      'Medicine reviewed at three months',
    ],
  },
  {
    service: 'learning disability',
    kind: 'Health action plan',
    aims: ['Reasonable adjustments at every appointment.'],
    actions: [
      'Hospital passport kept up to date',
      'Easy-read letters; first appointment of the day',
      'Health check each year',
    ],
  },
  {
    service: 'children’s mental health',
    kind: 'CAMHS care plan',
    aims: ['Back in lessons.', 'Fewer panics.'],
    actions: ['Session every two weeks', 'Goals scored by the young person', 'School told with consent'],
  },
  {
    service: 'hospice community',
    kind: 'Palliative care plan',
    aims: ['Comfort, and care in the place they prefer.'],
    actions: ['Weekly call', 'Medicines for symptoms kept at home', 'Night sitters when needed'],
  },
]
