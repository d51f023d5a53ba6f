import { type Finding, finding as row } from './account.ts'
import { SURGICAL_FINDINGS } from './clinic-findings-of-surgery.ts'

/** The usual findings and plans of each condition in a first clinic (NICE guidance, and the specialist societies' patient leaflets). */
export const CLINIC_FINDINGS: readonly Finding[] = [
  row(
    /cataract/i,
    [
      'Visual acuity 6/18, lens opacity the cause. Retina healthy.',
      'Glare when driving at night; 6/12 with glasses.',
    ],
    ['New glasses first.', 'Not yet troubled enough for surgery.'],
  ),
  row(
    /glaucoma/i,
    ['Pressures 24 and 25. Field defect early and stable.', 'Pressures controlled at 16. Discs unchanged.'],
    ['Latanoprost each night to go on.', 'Drops changed; pressures again in four months.'],
  ),
  row(
    /retinopathy/i,
    ['Background retinopathy, no macular oedema.', 'Maculopathy on the scan.'],
    ['Please aim for HbA1c and blood pressure targets.', 'Laser or injections if the next scan is worse.'],
  ),
  row(
    /macular|retinal vein/i,
    ['Fluid at the macula on the scan.', 'Sight 6/24; scan shows active change.'],
    ['Injections every four weeks, three to begin with.', 'To look each day at the Amsler chart.'],
  ),
  row(
    /squint|poor sight/i,
    ['Refraction shows long sight.', 'Squint seen at near; eyes healthy.'],
    ['Glasses prescribed; patching may follow.', 'Glasses all day; orthoptist again.'],
  ),
  row(
    /osteoarthritis of/i,
    [
      'X-ray: joint space lost. Walks about 200 yards, woken at night.',
      'X-ray: moderate change. Stiff after sitting, stick outdoors.',
    ],
    ['Exercise and weight loss first; injection given.', 'Physiotherapy, and pain relief from the practice.'],
  ),
  row(
    /carpal tunnel/i,
    ['Night-time tingling, thumb muscles a little wasted. Nerve studies agree.', 'Phalen’s test positive.'],
    ['Splint at night for six weeks.', 'Steroid injection given.'],
  ),
  row(
    /trigger finger|dupuytren|impingement|bunion/i,
    [
      'Examination as described in the referral; X-ray without arthritis.',
      'Movement limited by pain. No weakness.',
    ],
    ['Injection given.', 'Exercises and time; to come back if worse.'],
  ),
  row(
    /fracture of/i,
    ['X-ray: position held.', 'Healing as expected, little tenderness.'],
    ['Plaster off; gentle movement from now.', 'Splint for two more weeks, then free movement.'],
  ),
  row(
    /glue ear|effusion/i,
    ['Dull drums; hearing test shows a mild loss on both sides.'],
    ['Wait three months and test again.', 'Hearing aid offered.'],
  ),
  row(
    /hearing loss/i,
    ['Audiogram: age-related loss in both ears.', 'Audiogram: loss worse on one side; MRI normal.'],
    ['Hearing aids to be fitted.', 'Audiology will fit aids.'],
  ),
  row(
    /sinusitis|nosebleed|vertigo/i,
    ['Nasal endoscopy: no mass.', 'Examination and balance tests normal today.'],
    ['Steroid spray and rinses for three months.', 'Exercises taught. No tablets long term.'],
  ),
  row(
    /tonsillitis/i,
    ['Seven attacks in the last year, school or work missed.', 'Large tonsils, four attacks this year.'],
    ['To keep a diary of attacks.', 'Watchful waiting agreed.'],
  ),
  row(
    /tooth/i,
    [
      'Lower wisdom tooth impacted, close to the nerve on the X-ray.',
      'Two bouts of infection about the tooth.',
    ],
    ['Kept under the dentist’s eye.'],
  ),
  row(
    /chronic pain/i,
    ['Widespread pain, sleep poor, mood low in part.', 'Pain in the back for years; no new signs.'],
    [
      'Pain management programme offered. Opioids to be reduced slowly.',
      'Please do not raise opioids; amitriptyline may help sleep.',
    ],
  ),
  row(
    /dyspepsia|swallow|reflux/i,
    ['No weight loss. Gastroscopy to exclude anything serious.', 'Food sticks at times; weight steady.'],
    ['Proton pump inhibitor twice a day for eight weeks.', 'Treat for H. pylori if the test is positive.'],
  ),
  row(
    /bowel disease/i,
    ['Stools three a day, no blood. Calprotectin 90.', 'Flare since spring; calprotectin 860.'],
    ['Mesalazine to go on; bloods every three months, please.', 'Azathioprine discussed; bloods first.'],
  ),
  row(
    /mole|skin lesion|patch|lump on/i,
    ['Dermoscopy: benign.', 'Actinic keratosis. Otherwise sun-damaged skin.'],
    ['Reassured; photograph taken.', 'Fluorouracil cream for four weeks.'],
  ),
  row(
    /psoriasis|eczema|acne/i,
    ['Covers about a tenth of the skin; sleep disturbed.', 'Face and flexures; life quality score 12.'],
    ['Stronger topical treatment with a nurse’s teaching.', 'Light therapy or tablets next if no better.'],
  ),
  row(
    /heart failure/i,
    ['NYHA class II. Ejection fraction 38%, weight steady.', 'Oedema to the ankles. Ejection fraction 34%.'],
    [
      'Please increase ramipril in two weeks and check U&E.',
      'Spironolactone added. Please check U&E at one and four weeks.',
    ],
  ),
  row(
    /murmur/i,
    [
      'Echocardiogram: mild leak of one valve, heart otherwise normal.',
      'Echocardiogram: valve a little narrowed, no symptoms.',
    ],
    ['Echocardiogram again in two years.', 'No treatment; told what to look out for.'],
  ),
  row(
    /fibrillation|palpitation|heart rhythm/i,
    ['ECG and echocardiogram without structural disease.', 'Rate 78 at rest. Seven-day tape reviewed.'],
    ['Rate control and anticoagulant to go on.', 'Beta blocker as needed. Reassured.'],
  ),
  row(
    /chest pain|angina/i,
    ['CT of the coronary arteries: mild disease.', 'Pain on hills, gone with rest; ECG normal.'],
    ['Statin and aspirin. GTN spray supplied.', 'Bisoprolol started; to ring if worse.'],
  ),
  row(
    /lung cancer/i,
    ['Scan stable.', 'Weight down 3kg; scan shows slow growth.'],
    ['Lung cancer nurse is the contact.', 'Discussed at the team meeting; next scan in three months.'],
  ),
  row(
    /copd/i,
    ['FEV1 46% of expected. Saturation 94% at rest.', 'Three flares in a year. CT: emphysema.'],
    [
      'Triple inhaler; pulmonary rehabilitation referral made.',
      'Azithromycin three times a week over winter after ECG.',
    ],
  ),
  row(
    /asthma/i,
    ['Control test 15 of 25. Technique corrected.', 'Night cough twice a week; exhaled nitric oxide raised.'],
    [
      'Step up to a combination inhaler; asthma plan given.',
      'Same treatment, taken regularly; see in three months.',
    ],
  ),
  row(
    /cough|breathless/i,
    ['Lung function near normal. Chest CT clear.', 'Spirometry mildly obstructed.'],
    ['Trial of inhaled steroid for six weeks.', 'Reflux treatment for three months.'],
  ),
  row(
    /sleep apnoea/i,
    ['Sleep study: 28 events an hour. Epworth score 14.', 'Sleep study: mild, 9 events an hour.'],
    ['CPAP machine supplied. DVLA told.', 'Weight loss and a dental splint.'],
  ),
  row(
    /diabetic foot/i,
    ['Ulcer smaller; pulses felt; no bone on probing.', 'Sloughy base, X-ray without osteomyelitis.'],
    ['Offloading boot; foot clinic every week.', 'Antibiotics for one more week.'],
  ),
  row(
    /diabetes/i,
    ['HbA1c above target. Feet and kidneys checked.', 'Hypos at night twice a week; sensor readings seen.'],
    ['Doses changed by the diabetes nurse.', 'Basal insulin down by 4 units; sensor to go on.'],
  ),
  row(
    /thyroid|calcium|osteoporosis/i,
    ['Examination and ultrasound reassuring.', 'DEXA: T-score -2.8 at the spine.'],
    ['Please repeat bloods in three months.', 'Bone treatment for five years, then a break.'],
  ),
  row(
    /arthritis|gout|joint pains/i,
    ['Six swollen joints, CRP raised.', 'Two tender joints; disease activity low.'],
    [
      'Methotrexate weekly with folic acid; monthly bloods at the practice, please.',
      'No change. Nurse helpline number given.',
    ],
  ),
  row(
    /parkinson/i,
    ['Slower, with wearing off before doses. No falls.', 'Tremor of the {side} hand, walking well.'],
    ['Co-careldopa one more dose a day.', 'Parkinson’s nurse will telephone.'],
  ),
  row(
    /sclerosis/i,
    ['One relapse this year; walking 100 yards with a stick.', 'MRI without new lesions.'],
    ['Treatment to go on with monthly bloods.', 'Physiotherapy and continence review.'],
  ),
  row(
    /epilepsy/i,
    ['Two seizures since last seen.', 'Free of seizures for a year.'],
    ['Lamotrigine up by 25mg every two weeks.', 'No change; may drive under DVLA rules.'],
  ),
  row(
    /migraine|headache|tremor|numbness/i,
    ['Examination normal. MRI normal.', 'Reflexes brisk, otherwise normal. Nerve studies requested.'],
    [
      'Propranolol for prevention; painkillers on no more than two days a week.',
      'Vitamin B12 and glucose checked. Reassured.',
    ],
  ),
  row(
    /kidney disease/i,
    ['eGFR stable over a year. Blood pressure 132/76.', 'eGFR down by 4 over a year; protein in the urine.'],
    ['Dapagliflozin to go on; blood pressure below 130/80, please.', 'Pre-dialysis nurse introduced.'],
  ),
  row(
    /cancer/i,
    [
      'Tolerating treatment, tired for three days after each cycle.',
      'Scan: partial response.',
      'No sign of return.',
    ],
    [
      'Next scan in three months. Nurse specialist is the contact.',
      'Key worker’s number given; line open day and night.',
    ],
  ),
  row(
    /anaemia|platelet|white cell|ferritin/i,
    ['Film reviewed; nothing sinister.', 'Iron low; bowel tests requested.'],
    [
      'Iron each other day; please check full blood count in two months.',
      'Please check blood count every six months and refer again if it moves.',
    ],
  ),
  row(
    /falls|dizziness/i,
    [
      'Lying 148/80, standing 118/70. Gait cautious.',
      'Vision poor and footwear loose. Memory test 24 of 30.',
    ],
    [
      'Two blood pressure tablets stopped. Strength and balance class.',
      'Bone protection started, home hazards looked at by the therapist.',
    ],
  ),
  row(
    /milk allergy|constipation|slow growth|abdominal pain/i,
    ['Growing along the ninth centile, well.', 'Soft abdomen. Diary reviewed with parents.'],
    [
      'Macrogol for three months, fluids and toilet routine.',
      'Dietitian referral; weigh each month, please.',
    ],
  ),
  ...SURGICAL_FINDINGS,
]
