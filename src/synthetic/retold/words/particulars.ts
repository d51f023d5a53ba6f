import type { ConditionId } from '../../health/conditions.ts'

/** One way in which a group of complaints is really written down, and of whom. */
export interface Particular {
  text: string
  from?: number
  /** Up to, but not including, this age. */
  to?: number
  sex?: 'female' | 'male'
  /** Only of those who have one of these; they are told this before anything else. */
  with?: readonly ConditionId[]
  /** Only of those who have this operation for it, by its OPCS-4 code; they are told this before anything else. */
  operated?: string
}

const of = (...texts: string[]): Particular[] => texts.map((text) => ({ text }))

/**
 * Lives are told by the groups in which activity is counted: “Joint pain or swelling”. No clinician writes that. Each group here has
 * what they do write; one is chosen for each person and happening. {side} becomes left or right. Chosen so that each is the group's
 * common presentations (NICE Clinical Knowledge Summaries), plain enough to be read without its chapter.
 */
export const PARTICULARS: Readonly<Record<string, readonly Particular[]>> = {
  'Joint pain or swelling': of(
    'Pain in {side} hand',
    'Swollen {side} knee',
    'Painful hips',
    '{side} foot pain',
  ),
  'Skin lesion or mole': of(
    'Changing mole on back',
    'Scaly patch on forehead',
    'Lump on {side} forearm',
    'Skin tag',
  ),
  'Ear wax or blocked ear': of('Ear wax, both ears', 'Blocked {side} ear'),
  'Stress or low mood': [
    { text: 'Low mood' },
    { text: 'Stress at work', from: 18, to: 67 },
    { text: 'Stress at home', from: 18 },
    { text: 'Worry about school', to: 18 },
    { text: 'Bereavement', from: 40 },
  ],
  'Rectal bleeding or change of bowel habit': of('Rectal bleeding', 'Change of bowel habit'),
  'Breast lump or pain': of('Lump in {side} breast', 'Pain in {side} breast'),
  'Injury or wound': [
    { text: 'Cut to {side} hand' },
    { text: 'Grazed knee', to: 16 },
    { text: 'Skin tear to {side} shin', from: 70 },
    { text: 'Bruised ribs', from: 16 },
    { text: 'Bruise to {side} thigh' },
    { text: 'Dog bite to {side} forearm' },
  ],
  'Letter, form or travel advice': [
    { text: 'Travel vaccinations' },
    { text: 'Letter for school', to: 17 },
    { text: 'Letter for housing', from: 18 },
    { text: 'Form for benefits', from: 18, to: 67 },
    { text: 'Blue badge form', from: 60 },
  ],
  'Question about medicines': of(
    'Question about side effects',
    'Medicine out of stock, alternative asked for',
    'Change of repeat medicines asked for',
  ),
  'Feeding or reflux in a baby': of('Reflux in a baby', 'Feeding difficulty', 'Slow weight gain'),
  'Behaviour or development of a child': [
    { text: 'Delayed speech', to: 6 },
    { text: 'Sleep difficulty in a child' },
    { text: 'Difficult behaviour at school', from: 5 },
    { text: 'Parent asks about autism assessment', from: 3 },
  ],
  'Influenza or COVID-19 illness': of('Influenza-like illness', 'COVID-19', 'Influenza A'),
  'Sore throat or earache': of('Sore throat', 'Earache, {side}', 'Tonsillitis'),
  'Skin or wound infection': of(
    'Infected wound of {side} leg',
    'Abscess',
    'Infected insect bite',
    'Paronychia of {side} thumb',
  ),
  'Eye injury or red eye': of('Corneal abrasion, {side} eye', 'Red {side} eye', 'Foreign body in {side} eye'),
  'Foreign body': [
    { text: 'Swallowed coin', to: 6 },
    { text: 'Bead in {side} nostril', to: 7 },
    { text: 'Splinter in {side} hand' },
    { text: 'Food bolus', from: 30 },
  ],
  'Burn or scald': of('Scald to {side} forearm', 'Burn to {side} hand'),
  'Injured in a road accident': of(
    'Whiplash after road accident',
    'Chest wall injury after road accident',
    'Fell from bicycle',
  ),
  'Injured in an assault': of('Facial injury after assault', 'Head injury after assault'),
  'Injured wrist or hand': of('Injured {side} wrist', 'Crushed finger, {side} hand', 'Injured {side} thumb'),
  'Injured knee': of('Twisted {side} knee', 'Swollen {side} knee after injury'),
  'Sprain of ankle': of('Sprain of {side} ankle'),
  Laceration: of('Laceration of {side} hand', 'Laceration of scalp', 'Laceration of {side} finger'),
  'Fracture of wrist': of('Fracture of {side} distal radius'),
  'Fracture of neck of femur': of('Fracture of neck of {side} femur'),
  'Fracture of lower leg, including ankle': of(
    'Fracture of {side} ankle',
    'Fracture of {side} tibia and fibula',
  ),
  'Fall with injury': of(
    'Fall with head injury',
    'Fall, laceration of scalp',
    'Fall, injured {side} hip',
    'Fall, bruised ribs',
  ),
  'Pulmonary embolism or deep vein thrombosis': of(
    'Pulmonary embolism',
    'Deep vein thrombosis of {side} leg',
  ),
  Cellulitis: of('Cellulitis of {side} lower leg'),
  'Cellulitis of lower leg': of('Cellulitis of {side} lower leg'),
  Stroke: of('Stroke with {side}-sided weakness', 'Stroke with loss of speech', 'Stroke'),
  'Overdose or self-harm': of(
    'Overdose of paracetamol',
    'Overdose of prescribed medicines',
    'Self-harm, cuts to {side} forearm',
  ),
  'Mental health crisis': of('Thoughts of suicide', 'Acute distress, mental health crisis'),
  'Poisoning by heroin or other drugs': of('Opioid overdose', 'Drug intoxication'),
  'Allergic reaction': of('Urticaria', 'Angioedema of lips', 'Anaphylaxis'),
  'Complication of cancer': of('Uncontrolled pain with cancer', 'Neutropenic sepsis', 'Vomiting with cancer'),
  'Skin tear or wound of the leg': of(
    'Skin tear of {side} shin',
    'Wound of {side} lower leg',
    'Haematoma of {side} shin',
  ),
  'Feeding, sleep or behaviour': of('Slow feeding', 'Sleep difficulty', 'Weaning'),
  'Blocked or painful catheter': of('Blocked catheter'),
  'Worries and panic': of('Panic attacks', 'Worry and avoiding school'),
  'Menopausal symptoms': [
    { text: 'Menopausal symptoms', from: 42 },
    { text: 'Irregular periods', to: 42 },
  ],
  'Unwell, advice sought': of('Generally unwell, advice sought'),
  'Shoulder, hand or foot problem': [
    { text: 'Carpal tunnel syndrome, {side}', operated: 'A651' },
    ...of(
      'Shoulder impingement, {side}',
      'Trigger finger, {side}',
      'Bunion, {side} foot',
      'Dupuytren’s contracture, {side}',
    ),
  ],
  'Osteoarthritis of hip': of('Osteoarthritis of {side} hip'),
  'Osteoarthritis of knee': of('Osteoarthritis of {side} knee'),
  'Shoulder pain': of('{side} shoulder pain'),
  'Knee pain': of('{side} knee pain'),
  Cataract: of('Cataract, {side} eye'),
  'Macular degeneration or diabetic eye disease': [
    { text: 'Diabetic retinopathy', with: ['type1Diabetes', 'type2Diabetes'] },
    { text: 'Wet age-related macular degeneration, {side} eye', from: 55 },
    { text: 'Retinal vein occlusion, {side} eye' },
  ],
  'Squint or poor sight in a child': [{ text: 'Squint' }, { text: 'Poor sight in {side} eye' }],
  'Fracture follow-up': of(
    'Fracture of {side} wrist',
    'Fracture of {side} ankle',
    'Fracture of {side} humerus',
    'Fracture of finger, {side} hand',
  ),
  'Hearing loss, dizziness or sinus trouble': [
    { text: 'Glue ear', to: 16, operated: 'D151' },
    { text: 'Persistent middle ear effusion', from: 16, operated: 'D151' },
    { text: 'Glue ear', to: 10 },
    { text: 'Hearing loss', from: 50 },
    { text: 'Chronic sinusitis', from: 16 },
    { text: 'Vertigo', from: 25 },
    { text: 'Recurrent nosebleeds' },
  ],
  'Dyspepsia or difficulty swallowing': of(
    'Persistent dyspepsia',
    'Difficulty swallowing',
    'Reflux not settling on treatment',
  ),
  'Eczema, psoriasis or acne': [
    { text: 'Psoriasis', with: ['psoriasis'] },
    { text: 'Eczema', with: ['eczema'] },
    { text: 'Acne', from: 12, to: 35 },
    { text: 'Chronic hand eczema', from: 16 },
    { text: 'Eczema' },
  ],
  'Chest pain or palpitations': [
    { text: 'Slow heart rhythm', operated: 'K601' },
    { text: 'Heart failure, review of treatment', with: ['heartFailure'] },
    { text: 'Atrial fibrillation', with: ['atrialFibrillation'] },
    { text: 'Angina', with: ['ischaemicHeartDisease'] },
    { text: 'Palpitations' },
    { text: 'Heart murmur' },
    { text: 'Chest pain on exertion', from: 35 },
  ],
  'Breathlessness or cough': [
    { text: 'Lung cancer, follow-up', with: ['lungCancer'] },
    { text: 'COPD with frequent exacerbations', with: ['copd'] },
    { text: 'Asthma not controlled', with: ['asthma'] },
    { text: 'Chronic cough' },
    { text: 'Breathlessness on exertion', from: 30 },
  ],
  Diabetes: [
    { text: 'Diabetic foot ulcer', with: ['diabeticFootUlcer'] },
    { text: 'Type 1 diabetes', with: ['type1Diabetes'] },
    { text: 'Type 2 diabetes, poor control' },
  ],
  'Thyroid or other gland disorder': [
    { text: 'Osteoporosis', with: ['osteoporosis'] },
    { text: 'Thyroid nodule' },
    { text: 'Overactive thyroid' },
    { text: 'Raised calcium', from: 40 },
  ],
  'Inflammatory arthritis': [
    { text: 'Rheumatoid arthritis', with: ['rheumatoidArthritis'] },
    { text: 'Psoriatic arthritis', with: ['psoriasis'] },
    { text: 'Gout, recurrent', with: ['gout'] },
    { text: 'Joint pains with raised inflammatory markers' },
  ],
  'Headache, tremor or numbness': [
    { text: 'Parkinson’s disease', with: ['parkinsons'] },
    { text: 'Multiple sclerosis', with: ['multipleSclerosis'] },
    { text: 'Epilepsy', with: ['epilepsy'] },
    { text: 'Migraine', with: ['migraine'] },
    { text: 'Chronic headache' },
    { text: 'Tremor', from: 40 },
    { text: 'Numbness of both feet', from: 40 },
  ],
  'Kidney disease': of('Chronic kidney disease'),
  'Cancer treatment': [
    { text: 'Breast cancer', with: ['breastCancer'] },
    { text: 'Bowel cancer', with: ['bowelCancer'] },
    { text: 'Lung cancer', with: ['lungCancer'] },
    { text: 'Prostate cancer', with: ['prostateCancer'] },
    { text: 'Cancer, treatment by oncology' },
  ],
  'Anaemia or blood disorder': [
    { text: 'Anaemia needing transfusion', operated: 'X332' },
    ...of('Iron deficiency anaemia', 'Raised platelets', 'Low white cell count', 'Raised ferritin'),
  ],
  'Falls or memory in later life': [
    { text: 'Parkinson’s disease', with: ['parkinsons'] },
    { text: 'Recurrent falls' },
    { text: 'Dizziness on standing' },
  ],
  'Asthma, constipation or poor growth': [
    { text: 'Asthma', with: ['asthma'] },
    { text: 'Constipation' },
    { text: 'Slow growth' },
    { text: 'Suspected cow’s milk allergy', to: 2 },
    { text: 'Abdominal pain', from: 4 },
  ],
  'Varicose veins or poor circulation': [
    { text: 'Varicose veins, {side} leg', operated: 'L841' },
    { text: 'Peripheral arterial disease', with: ['peripheralArterialDisease'] },
    { text: 'Varicose veins, {side} leg' },
    { text: 'Venous eczema and swelling, {side} leg', from: 50 },
  ],
  'Raised PSA or urinary symptoms': [
    { text: 'Prostate cancer, follow-up', with: ['prostateCancer'] },
    { text: 'Raised PSA', sex: 'male', from: 50 },
    { text: 'Poor urinary stream', sex: 'male', from: 45 },
    { text: 'Blood in the urine', from: 35 },
    { text: 'Recurrent urinary infection' },
  ],
  'Heavy or irregular bleeding': [
    { text: 'Heavy periods', to: 52 },
    { text: 'Irregular bleeding', to: 55 },
    { text: 'Bleeding after the menopause', from: 52 },
  ],
  'Prolapse or pelvic pain': [
    { text: 'Prolapse', operated: 'P231' },
    { text: 'Prolapse', from: 40 },
    { text: 'Pelvic pain', to: 55 },
    { text: 'Ovarian cyst', to: 60 },
  ],
  'Breast lump': of('Lump in {side} breast'),
}
