import { type Finding, finding as row } from './account.ts'

/** Findings of surgeons’ clinics; see clinic-findings.ts. */
export const SURGICAL_FINDINGS: readonly Finding[] = [
  row(
    /varicose|venous|arterial/i,
    ['Duplex: reflux in the long vein. Pulses felt.', 'Ankle pressure index 0.7. Walks 150 yards.'],
    [
      'Compression stockings.',
      'Exercise programme, clopidogrel and statin; help to stop smoking where needed.',
    ],
  ),
  row(
    /psa|stream/i,
    ['Prostate smooth, residual 60ml. PSA discussed.', 'Flexible cystoscopy normal; prostate enlarged.'],
    [
      'Tamsulosin, and PSA each six months at the practice, please.',
      'Finasteride added; review in six months by the practice, please.',
    ],
  ),
  row(
    /urine|urinary/i,
    [
      'Flexible cystoscopy normal. Ultrasound of the kidneys normal.',
      'Ultrasound normal, bladder empties well.',
    ],
    ['No further tests.', 'Plenty to drink; low-dose antibiotic for three months if infections go on.'],
  ),
  row(
    /bleeding|periods/i,
    ['Ultrasound: womb and ovaries normal.', 'Small fibroid on the scan. Haemoglobin 118.'],
    ['Hormone coil fitted today.', 'Tranexamic acid on the heavy days.'],
  ),
  row(
    /prolapse/i,
    ['Second-degree prolapse.', 'Front wall prolapse, bladder empties well.'],
    ['Ring pessary fitted; changed every six months.', 'Pelvic floor physiotherapy for four months.'],
  ),
  row(
    /cyst/i,
    ['Scan: simple cyst 3cm.', 'Scan: simple cyst 4cm, tumour marker normal.'],
    ['Scan again in four months.', 'No treatment; most go by themselves.'],
  ),
  row(
    /pelvic pain/i,
    ['Scan normal. Endometriosis possible.', 'Examination and swabs normal.'],
    ['Hormone tablets for three months, then review.', 'Pain diary, and physiotherapy.'],
  ),
  row(
    /breast/i,
    ['Mammogram and ultrasound benign.', 'Simple cyst drained.', 'Fibroadenoma on core biopsy.'],
    ['Reassured; to come back with any change.', 'No further follow-up.'],
  ),
  row(
    /hernia/i,
    ['Reducible hernia, uncomfortable on lifting.'],
    ['Watchful waiting; told the signs of strangulation.'],
  ),
  row(
    /gallstones/i,
    ['Ultrasound: many small stones, ducts normal.', 'Three attacks since spring.'],
    ['Low-fat diet; to come back if attacks return.'],
  ),
  row(
    /bowel habit|rectal/i,
    ['FIT 14. Rectal examination normal.', 'Haemorrhoids seen. No mass.'],
    ['Fibre and fluids; colonoscopy not needed.', 'Banded in clinic.'],
  ),
]
