import { type Account, NOTHING, only } from './account.ts'

/**
 * How physicians tell of hearts, lungs and vessels, by the words of lives/acute/causes. Written after the headings of the PRSB eDischarge
 * summary standard; findings and treatments are each condition's usual ones (NICE guidance on it).
 */
export const HEART_AND_LUNG_STAYS: Readonly<Record<string, Account>> = {
  Pneumonia: {
    came: [
      'Four days of cough, fever and breathlessness.',
      'A week of cough with rusty sputum, then rigors.',
      'Unwell since a cold ten days before, with pain in the {side} side of the chest on breathing in.',
    ],
    found: [
      'Chest X-ray: {side} lower zone consolidation.',
      'Chest X-ray: patchy shadowing at the {side} base. CURB-65 score 2.',
      'Coarse crackles at the {side} base, confirmed as consolidation on chest X-ray.',
    ],
    done: [
      'Intravenous co-amoxiclav and clarithromycin, changed to tablets on day two.',
      'Intravenous then oral antibiotics, fluids and chest physiotherapy.',
      'Treated with doxycycline; blood cultures grew nothing.',
    ],
    asks: [
      'Please arrange a repeat chest X-ray in six weeks.',
      only(
        'Please arrange a repeat chest X-ray in six weeks, and offer help to stop smoking if still smoking.',
        { from: 50 },
      ),
      'Antibiotics finished in hospital. Please see if still coughing in six weeks.',
    ],
  },
  'Lower respiratory tract infection': {
    came: [
      'Five days of productive cough and breathlessness.',
      'Cough and fever not better after antibiotics at home.',
    ],
    found: ['Chest X-ray clear.', 'Scattered crackles, no consolidation on chest X-ray.'],
    done: [
      'Doxycycline for five days, fluids and paracetamol.',
      'Oral antibiotics and nebulised saline; off oxygen before going home.',
    ],
    asks: ['Course of antibiotics to be finished at home.', NOTHING],
  },
  'Influenza or COVID-19 illness': {
    came: [
      'Three days of fever, aching and cough.',
      'Found weak and off food by family, with fever and cough.',
    ],
    found: ['Swab positive. Chest X-ray clear.', 'Swab positive; oxygen needs mild.'],
    done: [
      'Isolated in a side room, fluids and paracetamol; antiviral for five days.',
      'Cared for with oxygen and fluids, and improved.',
    ],
    asks: ['Please check that vaccinations are up to date.', NOTHING],
  },
  'Exacerbation of chronic obstructive pulmonary disease': {
    came: [
      'Three days of worsening breathlessness with green sputum.',
      'Breathless at rest since the evening before, rescue pack already taken.',
      'A week of more cough and wheeze, sleeping in the chair.',
    ],
    found: [
      'Wheeze throughout, chest X-ray without consolidation.',
      'Carbon dioxide retained on arrival and settled with controlled oxygen.',
      'Chest hyperexpanded, no pneumothorax.',
    ],
    done: [
      'Nebulisers, prednisolone and doxycycline. Target saturation 88 to 92%. Inhaler technique checked by the respiratory nurse.',
      'Nebulisers, prednisolone and controlled oxygen; did not need non-invasive ventilation. Oxygen alert card given.',
      'Steroids and antibiotics for five days. Walked with the physiotherapist before going home.',
    ],
    asks: [
      'Please review within two weeks and consider pulmonary rehabilitation.',
      'Please replace the rescue pack and check inhaler technique.',
    ],
  },
  'Asthma attack': {
    came: [
      'Wheeze and cough since the day before, using the blue inhaler every hour.',
      'Sudden tight chest at night, not eased by the inhaler.',
    ],
    found: [
      'Peak flow about half of best on arrival. Wheeze throughout.',
      'Able to speak in short sentences. No pneumothorax on X-ray.',
    ],
    done: [
      'Salbutamol and ipratropium by nebuliser, prednisolone for five days.',
      'Back-to-back nebulisers, steroids, and weaned to inhaler with spacer before going home.',
    ],
    asks: [
      'Asthma review within two working days, please. Written asthma plan given.',
      'Please review within two working days and check preventer use.',
    ],
  },
  'Worsening heart failure': {
    came: [
      'Two weeks of swelling to the knees and breathlessness at night.',
      'More breathless on the stairs each day, sleeping on three pillows.',
      'Weight up and legs weeping, tablets missed for some days.',
    ],
    found: [
      'Echocardiogram: ejection fraction about 35%.',
      'Crackles to the mid zones and pitting oedema to the thigh. ECG unchanged.',
      'Chest X-ray: enlarged heart and small effusions.',
    ],
    done: [
      'Intravenous furosemide with daily weights; oedema much reduced. Kidney function watched.',
      'Diuretics by infusion for two days, then tablets. Seen by the heart failure nurse.',
    ],
    asks: [
      'Please check U&E and weight in one week. Heart failure nurse will telephone.',
      'Please check U&E in one week and record the new dry weight.',
    ],
  },
  'Acute myocardial infarction': {
    came: [
      'Central crushing chest pain for two hours, with sweating.',
      'Chest tightness spreading to the {side} arm, waking from sleep.',
      only('Breathlessness and sickness without much pain.', { from: 75 }),
    ],
    found: [
      'Troponin rose. ECG: ST depression in the lateral leads.',
      'Troponin rose. ECG: inferior changes. Angiogram: one narrowed artery.',
    ],
    done: [
      'Aspirin, ticagrelor and fondaparinux; echocardiogram showed mild impairment.',
      'Treated with angioplasty at the regional centre and returned. No arrhythmia on telemetry.',
    ],
    asks: [
      'Please continue two antiplatelets for twelve months. Cardiac rehabilitation will be in touch.',
      'Please titrate bisoprolol and ramipril, and check lipids in three months.',
    ],
  },
  'Chest pain': {
    came: [
      'Tight central chest pain while carrying shopping.',
      'Sharp {side}-sided chest pain since the morning.',
      'Chest discomfort at rest, gone on arrival.',
    ],
    found: [
      'ECG normal. Two troponin tests did not rise.',
      'ECG unchanged and troponin normal at three hours. Tender over the ribs.',
    ],
    done: [
      'No further pain. Cardiac cause thought unlikely.',
      'Watched overnight without pain or arrhythmia.',
    ],
    asks: [
      'Rapid access chest pain clinic requested.',
      'Please check blood pressure and cholesterol.',
      NOTHING,
    ],
  },
  Palpitations: {
    came: ['Fast irregular heartbeat since the morning, light-headed.', 'Sudden racing heart for an hour.'],
    found: [
      'ECG: atrial fibrillation at 140 a minute, settled to 84.',
      'ECG in normal rhythm by arrival; potassium and thyroid normal.',
    ],
    done: ['Bisoprolol by mouth. Stroke risk discussed.', 'Watched on telemetry; nothing seen.'],
    asks: [
      '24-hour tape requested; please check thyroid function if not done.',
      'Please review rate and anticoagulation in two weeks.',
    ],
  },
  'Syncope and collapse': {
    came: [
      'Collapsed on standing from a chair, out for under a minute.',
      'Fainted in a shop after feeling hot and sick.',
      only('Found slumped by carers, soon herself or himself again.', { from: 75 }),
    ],
    found: [
      'Blood pressure fell by 30 on standing. ECG normal.',
      'ECG and blood tests normal. No injury.',
      'CT of the head showed no bleed.',
    ],
    done: ['Fluids, stockings, and advice on standing slowly.', 'Watched on telemetry without pauses.'],
    asks: [
      'Please review blood pressure tablets and repeat lying and standing blood pressure.',
      'Must not drive until reviewed. 24-hour tape requested.',
    ],
  },
  Stroke: {
    came: [
      only('Sudden weakness of the {side} arm and leg, seen by family.', { of: /weakness|^Stroke$/i }),
      only('Woke with a drooping face and slurred speech.', { of: /weakness|^Stroke$/i }),
      only('Lost words in mid-sentence; ambulance called at once.', { of: /speech|^Stroke$/i }),
    ],
    found: [
      'CT showed no bleed; MRI confirmed a small infarct.',
      only('CT: established infarct in the {side} middle cerebral artery territory.', {
        of: /speech|^Stroke$/i,
      }),
      'Outside the time for thrombolysis. Carotid arteries not narrowed.',
    ],
    done: [
      'Aspirin 300mg for two weeks, then clopidogrel. Swallow safe for soft food. Daily therapy.',
      'Stroke unit care with therapy; walking with a stick by the end. Mood screened.',
    ],
    asks: [
      'Please keep blood pressure below 130/80. Six-month stroke review is booked. No driving for a month.',
      'Early supported discharge team will visit. Please check lipids in three months.',
    ],
  },
  'Transient ischaemic attack': {
    came: ['Ten minutes of weakness of the {side} hand.', 'Half an hour of slurred speech, gone on arrival.'],
    found: [
      'No deficit on examination. CT normal. Carotid Doppler without significant narrowing.',
      'MRI showed no infarct. In normal rhythm.',
    ],
    done: ['Clopidogrel and atorvastatin started.', 'Seen by the stroke team; risk factors treated.'],
    asks: [
      'Please keep blood pressure below 130/80. No driving for a month.',
      'Please check lipids in three months.',
    ],
  },
  'Pulmonary embolism or deep vein thrombosis': {
    came: [
      only('Breathless for three days with pain in the {side} side of the chest.', { of: /embolism/i }),
      only('Swollen, tender {side} calf after a week of little walking.', { of: /vein/i }),
    ],
    found: [
      only('CT pulmonary angiogram: segmental emboli, right heart not strained.', { of: /embolism/i }),
      only('Ultrasound: clot in the {side} femoral vein.', { of: /vein/i }),
    ],
    done: ['Apixaban started after counselling.', 'Treated with apixaban; no cause found.'],
    asks: [
      'Apixaban for three months, then please review whether to go on.',
      'Thrombosis clinic in three months. Please check kidney function.',
    ],
  },
}
