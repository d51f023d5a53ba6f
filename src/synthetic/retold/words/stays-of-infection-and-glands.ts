import { type Account, NOTHING, only } from './account.ts'

/** How physicians tell of infections, kidneys, glands and the rest; sources as in stays-of-heart-and-lungs.ts. */
export const INFECTION_STAYS: Readonly<Record<string, Account>> = {
  'Urinary tract infection': {
    came: [
      only('More muddled than usual for three days and off food.', { from: 70 }),
      only('Found by carers drowsy and hot.', { from: 75 }),
      'Burning on passing urine, then fever and shivering.',
      'Pain in the {side} loin with vomiting.',
    ],
    found: [
      'Urine grew E. coli.',
      'Urine positive; bladder scan showed no retention.',
      'Tender in the {side} loin. Ultrasound of the kidneys normal.',
    ],
    done: [
      'Intravenous gentamicin once, then oral antibiotics for seven days, and fluids.',
      'Antibiotics and fluids; drinking well by the end.',
    ],
    asks: [
      'Antibiotics to be finished at home.',
      only('Please check memory again in three months, once fully recovered.', { from: 75 }),
      'Please repeat a urine sample only if symptoms come back.',
    ],
  },
  Delirium: {
    came: [
      'Muddled and awake at night for three days.',
      'Seeing things that were not there, and pulling at clothes.',
    ],
    found: [
      '4AT score 8. Constipated, and urine positive.',
      'No infection found; CT of the head without change. Recently started codeine.',
    ],
    done: [
      'Treated for the cause, with glasses and hearing aids found and family at the bedside.',
      'Settled with fluids, laxatives and a quiet bay. Sedatives avoided.',
    ],
    asks: [
      'Please check memory in three months; delirium leaflet given to family.',
      'Please review medicines that cloud thinking.',
    ],
  },
  Sepsis: {
    came: [
      'Rigors and confusion over a day.',
      'Found cold and clammy, blood pressure low with the ambulance.',
    ],
    found: [
      'Lactate raised. Blood cultures grew E. coli.',
      'Lactate raised; source thought to be the chest.',
      'Lactate raised; urine the likely source.',
    ],
    done: [
      'Sepsis six within the hour; intravenous antibiotics for five days, then by mouth.',
      'Fluids and intravenous piperacillin-tazobactam; critical care outreach reviewed twice.',
    ],
    asks: [
      'Expect tiredness for some weeks; please check U&E and full blood count in two weeks.',
      'Please check U&E in one week. Sepsis leaflet given.',
    ],
  },
  Cellulitis: {
    came: [
      'Spreading redness of the {side} lower leg for four days, worse on tablets.',
      'Hot, swollen {side} leg and fever.',
    ],
    found: ['Margin marked. No abscess; Doppler showed no clot.', 'Portal of entry between the toes.'],
    done: [
      'Intravenous flucloxacillin, then by mouth; redness receding.',
      'Leg raised, antibiotics, and emollients started.',
    ],
    asks: [
      'Antibiotics to be finished at home. Please treat athlete’s foot.',
      'Please consider compression once settled.',
    ],
  },
  'Acute kidney injury': {
    came: [
      'Vomiting and little to drink for four days.',
      'Blood test by the GP showed a rise in creatinine.',
    ],
    found: ['Dry, bladder not full. Ultrasound: no obstruction.', 'Creatinine double the usual value.'],
    done: [
      'Intravenous fluids; ramipril and metformin held and fluid balance kept.',
      'Fluids, and tablets that harm the kidney stopped.',
    ],
    asks: [
      'Please repeat U&E in one week before restarting tablets that were held.',
      'Please code acute kidney injury and repeat U&E in one week.',
    ],
  },
  'Gastrointestinal bleeding': {
    came: [
      'Black stools for two days and light-headed.',
      'Vomited blood twice after a week of stomach pain.',
    ],
    found: [
      'Gastroscopy: duodenal ulcer without active bleeding.',
      'Gastroscopy: gastritis. Haemoglobin stable after one unit.',
    ],
    done: [
      'Omeprazole by infusion, then by mouth. Anti-inflammatory tablets stopped.',
      'One unit of blood; endoscopy within 24 hours.',
    ],
    asks: [
      'Please avoid anti-inflammatory tablets, test for H. pylori and check full blood count in two weeks.',
      'Proton pump inhibitor for eight weeks. Please check full blood count in two weeks.',
    ],
  },
  'Alcoholic liver failure': {
    came: ['Yellow, with a swollen abdomen, over two weeks.', 'Drowsy and jaundiced, brought by family.'],
    found: [
      'Ascites; ultrasound: cirrhosis with a normal portal vein.',
      'No spontaneous bacterial peritonitis on ascitic tap.',
    ],
    done: [
      'Ascites drained with albumin; lactulose and thiamine.',
      'Detoxification with chlordiazepoxide; dietitian and alcohol nurse seen.',
    ],
    asks: [
      'Please check U&E weekly for a month. Liver clinic booked.',
      'Please prescribe thiamine. Alcohol team will be in touch.',
    ],
  },
  Hypoglycaemia: {
    came: [
      'Found drowsy by family, glucose 2.1 with the ambulance.',
      'Sweating and confused before breakfast, glucose 2.4.',
    ],
    found: [
      'Had eaten little after the usual dose.',
      'Kidney function worse than before, which lengthens the action of the tablets.',
    ],
    done: [
      'Glucose by mouth and then intravenously; insulin or tablets reduced.',
      'Seen by the diabetes nurse; targets relaxed.',
    ],
    asks: [
      'Please review diabetes treatment in two weeks.',
      'Diabetes nurse will telephone. Must not drive until reviewed.',
    ],
  },
  'Diabetic ketoacidosis': {
    came: [
      'Vomiting and thirst for two days, doses missed.',
      'Short of breath and drowsy with high glucose, after a chest cold.',
    ],
    found: ['Ketones 5.4, pH 7.18.', 'Ketones 4.1, bicarbonate low.'],
    done: [
      'Fixed-rate insulin and fluids by protocol; eating within a day. Sick-day rules gone through.',
      'Insulin infusion, potassium replaced, back on usual insulin.',
    ],
    asks: ['Diabetes nurse will telephone within two days.', 'Please make sure ketone strips are on repeat.'],
  },
  Seizure: {
    came: [
      'Witnessed shaking of all limbs for three minutes, then drowsy.',
      'Found on the floor, tongue bitten.',
    ],
    found: ['CT of the head normal. Glucose and sodium normal.', 'Missed tablets the likely cause.'],
    done: ['No further seizures. Usual tablets restarted.', 'Loaded with levetiracetam; watched for a day.'],
    asks: [
      'First seizure clinic or own neurologist within two weeks. No driving; DVLA advice given.',
      'Please make sure tablets are not interrupted. No driving.',
    ],
  },
  Headache: {
    came: ['Severe headache since the evening before.', 'A week of headache with vomiting.'],
    found: [
      'CT of the head and lumbar puncture normal.',
      'No neck stiffness; CT normal. Migraine most likely.',
    ],
    done: ['Settled with fluids and simple painkillers.', 'Migraine treated; advice on painkiller overuse.'],
    asks: ['Please see in two weeks if headaches go on.', NOTHING],
  },
  'Allergic reaction': {
    came: [
      only('Rash and swollen lips half an hour after a meal.', { of: /angioedema|anaphylaxis/i }),
      only('Widespread hives after starting an antibiotic.', { of: /urticaria/i }),
    ],
    found: [
      only('No wheeze, blood pressure steady.', { of: /urticaria|angioedema/i }),
      only('Mild wheeze, settled after treatment.', { of: /anaphylaxis/i }),
    ],
    done: [
      only('Adrenaline once by the ambulance; antihistamine and steroid; watched overnight.', {
        of: /anaphylaxis/i,
      }),
      only('Antihistamine and prednisolone for three days.', { of: /urticaria|angioedema/i }),
    ],
    asks: [
      only('Please record the trigger; allergy clinic requested and two adrenaline pens supplied.', {
        of: /anaphylaxis/i,
      }),
      only('Please review whether an allergy should be recorded.', { of: /urticaria|angioedema/i }),
    ],
  },
  'Complication of cancer': {
    came: [
      only('Pain not held by tablets at home.', { of: /pain/i }),
      only('Fever nine days after chemotherapy.', { of: /neutropenic/i }),
      only('Vomiting and unable to keep tablets down.', { of: /vomiting/i }),
    ],
    found: [
      only('Seen by the acute oncology nurse. Scan showed no new obstruction.', { of: /pain|vomiting/i }),
      only('Calcium and counts checked; infection treated as neutropenic until known.', {
        of: /neutropenic/i,
      }),
    ],
    done: [
      only('Medicines given by syringe driver, then by mouth at a new dose. Palliative care team saw.', {
        of: /pain|vomiting/i,
      }),
      only('Intravenous antibiotics; counts recovering.', { of: /neutropenic/i }),
    ],
    asks: [
      'Please put on the palliative care register if not already. Oncology will telephone.',
      only('Please review pain relief within a week.', { of: /pain/i }),
    ],
  },
}
