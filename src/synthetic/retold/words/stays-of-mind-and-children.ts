import { type Account, NOTHING, only } from './account.ts'

/** How those who care for troubled minds and for children tell of it; sources as in stays-of-heart-and-lungs.ts. */
export const MIND_AND_CHILD_STAYS: Readonly<Record<string, Account>> = {
  'Overdose or self-harm': {
    came: [
      only('Took tablets after an argument, told a relative at once.', { of: /overdose/i }),
      only('Found by family with empty packets.', { of: /overdose/i }),
      only('Cuts to the {side} forearm, regretted.', { of: /self-harm/i }),
    ],
    found: [
      only('Paracetamol level below the treatment line.', { of: /paracetamol/i }),
      only('Level above the treatment line; liver tests stayed normal.', { of: /paracetamol/i }),
      only('ECG and blood tests normal. Watched for twelve hours.', { of: /prescribed/i }),
      only('Wounds shallow, nerves and tendons whole; closed with strips.', { of: /self-harm/i }),
    ],
    done: [
      'Seen by the mental health liaison nurse; safety plan made.',
      only('Acetylcysteine by infusion, then seen by mental health liaison.', { of: /paracetamol/i }),
    ],
    asks: [
      'Please see within a week. Small quantities of medicines, please.',
      'Crisis team will telephone within 48 hours.',
    ],
  },
  'Mental health crisis': {
    came: [
      only('Brought by the police after talking of suicide.', { of: /suicide/i }),
      only('Sleepless and frightened for a week, sent by family.', { of: /distress/i }),
    ],
    found: ['Physically well. Low mood, no psychosis.', 'Elated and talking fast; bloods normal.'],
    done: [
      'Seen by the mental health liaison nurse; family stayed.',
      'Assessed by liaison psychiatry; treatment adjusted.',
    ],
    asks: ['Crisis team will see within 24 hours.', 'Please see within a week. Safety plan attached.'],
  },
  'Acute alcohol intoxication': {
    came: ['Found asleep in the street.', 'Vomiting and unsteady after a day of drinking.'],
    found: ['No head injury on CT. Glucose normal.', 'Tremor and sweating a day later.'],
    done: [
      'Fluids and Pabrinex; reducing chlordiazepoxide.',
      'Slept it off under observation; alcohol nurse saw.',
    ],
    asks: ['Alcohol team referral made. Please prescribe thiamine.', NOTHING],
  },
  'Poisoning by heroin or other drugs': {
    came: [
      only('Found breathing slowly; naloxone given by the ambulance.', { of: /opioid/i }),
      only('Agitated after unknown tablets.', { of: /intoxication/i }),
    ],
    found: [
      only('Woke with naloxone. Chest clear.', { of: /opioid/i }),
      only('ECG normal; temperature settled.', { of: /intoxication/i }),
    ],
    done: [
      only('Watched overnight; naloxone kit given.', { of: /opioid/i }),
      only('Quiet room and fluids.', { of: /intoxication/i }),
    ],
    asks: ['Drug service told, with consent.', NOTHING],
  },
  Bronchiolitis: {
    came: [
      'Three days of cold, now feeding half the usual.',
      'Fast breathing and poor feeding, brother has a cold.',
    ],
    found: ['Crackles and wheeze, mild recession. RSV positive.', 'Saturation 91% in air on arrival.'],
    done: [
      'Tube feeds for a day and oxygen overnight.',
      'Small frequent feeds, suction; feeding three quarters by going home.',
    ],
    asks: ['Cough may last three weeks. Parents know when to come back.', NOTHING],
  },
  'Viral wheeze': {
    came: [
      'Cold for two days, then wheeze and fast breathing.',
      'Woke at night wheezing; fourth time this winter.',
    ],
    found: ['Wheeze throughout, no focal signs.', 'Saturation 92% in air, settled with inhaler.'],
    done: [
      'Salbutamol by spacer, stretched to four-hourly.',
      'Salbutamol by spacer and one dose of steroid.',
    ],
    asks: ['Weaning plan given. Please review if it happens again.', 'Please review within two days.'],
  },
  Croup: {
    came: ['Barking cough and noisy breathing in the night.'],
    found: ['Stridor when upset only.', 'Mild recession, well between coughs.'],
    done: ['Oral dexamethasone; stridor gone by morning.'],
    asks: [NOTHING],
  },
  'Fever in a child': {
    came: [
      only('Fever and poor feeding for a day.', { to: 1 }),
      only('Two days of fever, miserable and off food.', { from: 1 }),
      only('High fever, drowsy at home.', { from: 1 }),
    ],
    found: [
      'No focus found; urine and chest X-ray clear.',
      'Red throat; urine clear.',
      'Urine grew E. coli.',
    ],
    done: [
      'Intravenous antibiotics for 36 hours until cultures were clear.',
      'Watched, drinking, temperature down.',
    ],
    asks: ['Parents know when to come back.', NOTHING],
  },
  Gastroenteritis: {
    came: ['Vomiting and diarrhoea for two days.', 'Not keeping fluids down since yesterday.'],
    found: ['Mildly dry; bloods near normal.', 'Stool sample sent.'],
    done: ['Rehydrated by mouth; eating before going home.', 'Intravenous fluids overnight.'],
    asks: ['No school or work until 48 hours clear.', NOTHING],
  },
  Rash: {
    came: ['Spreading spots with fever.', 'Widespread itchy rash.'],
    found: ['Blanching rash, well. Viral most likely.', 'Not meningitic; bloods clear.'],
    done: ['Watched for some hours, no change.', 'Antihistamine given.'],
    asks: [NOTHING],
  },
}
