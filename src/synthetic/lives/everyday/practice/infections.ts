import { type Complaint, complaint } from './complaint.ts'

/** Infections, skin, digestion and the ailments of small children; for where rates come from, see complaints. */
export const INFECTIONS: readonly Complaint[] = [
  complaint('Upper respiratory tract infection', 'J069', [900, 210, 130, 110, 110, 120], {
    season: 'winter',
    snomed: '54150009',
    give: [
      ['paracetamolChild', 0.08],
      ['amoxicillin', 0.08],
      ['phenoxymethylpenicillin', 0.05],
    ],
    look: ['temperature'],
  }),
  complaint('Acute tonsillitis', 'J039', [180, 150, 70, 15, 6, 3], {
    season: 'winter',
    give: [
      ['phenoxymethylpenicillin', 0.65],
      ['clarithromycin', 0.12],
    ],
    look: ['temperature'],
  }),
  complaint('Otitis media', 'H669', [300, 90, 15, 10, 8, 6], {
    season: 'winter',
    snomed: '65363002',
    give: [
      ['amoxicillinChild', 0.5],
      ['paracetamolChild', 0.2],
    ],
    look: ['temperature'],
  }),
  complaint('Chest infection', 'J22X', [190, 50, 60, 110, 220, 370], {
    season: 'winter',
    give: [
      ['amoxicillin', 0.5],
      ['doxycycline', 0.3],
      ['clarithromycin', 0.08],
    ],
    look: ['temperature', 'oxygenSaturation', 'pulse'],
    panel: 'general',
    asked: 0.08,
    again: 0.25,
  }),
  complaint('Cough', 'R05X', [290, 80, 70, 90, 120, 130], {
    give: [
      ['amoxicillin', 0.12],
      ['salbutamol', 0.08],
    ],
    season: 'winter',
    look: ['oxygenSaturation'],
  }),
  complaint('Acute sinusitis', 'J019', [2, 8, 55, 45, 30, 15], {
    season: 'winter',
    snomed: '36971009',
    give: [
      ['doxycycline', 0.35],
      ['nasalSteroid', 0.3],
    ],
    women: 1.3,
    men: 0.7,
  }),
  complaint('COVID-19', 'U071', [20, 10, 20, 25, 35, 50], {
    season: 'winter',
    snomed: '840539006',
    look: ['oxygenSaturation'],
  }),
  complaint('Seasonal allergic rhinitis', 'J301', [30, 70, 55, 30, 15, 6], {
    season: 'early summer',
    snomed: '367498001',
    give: [
      ['cetirizine', 0.5],
      ['nasalSteroid', 0.35],
    ],
    by: 'pharmacist',
  }),
  complaint('Viral infection with fever', 'B349', [420, 70, 25, 12, 10, 10], { look: ['temperature'] }),
  complaint('Gastroenteritis', 'A099', [210, 60, 45, 30, 30, 45], { give: [['loperamide', 0.1]] }),
  complaint('Feeding or reflux in a baby', 'P929', [190, 0, 0, 0, 0, 0], { again: 0.3 }),
  complaint('Constipation', 'K590', [120, 50, 40, 45, 80, 150], {
    give: [
      ['macrogol', 0.5],
      ['lactulose', 0.15],
    ],
  }),
  complaint('Abdominal pain', 'R104', [60, 110, 140, 120, 110, 110], {
    give: [
      ['mebeverine', 0.15],
      ['omeprazole', 0.12],
    ],
    women: 1.3,
    men: 0.7,
    panel: 'general',
    asked: 0.35,
    again: 0.25,
    by: 'GP',
  }),
  complaint('Dyspepsia', 'K30X', [2, 8, 70, 95, 90, 70], {
    give: [
      ['omeprazole', 0.4],
      ['lansoprazole', 0.3],
    ],
    panel: 'general',
    asked: 0.2,
  }),
  complaint('Rectal bleeding or change of bowel habit', 'K625', [3, 4, 25, 45, 60, 55], {
    panel: 'general',
    asked: 0.6,
    again: 0.3,
    by: 'GP',
  }),
  complaint('Haemorrhoids', 'K649', [0, 1, 25, 25, 18, 12]),
  complaint('Rash', 'R21X', [290, 120, 100, 90, 90, 90], {
    give: [
      ['hydrocortisone', 0.25],
      ['emollient', 0.15],
      ['clotrimazole', 0.12],
      ['fusidicAcid', 0.06],
    ],
  }),
  complaint('Fungal skin infection', 'B359', [35, 30, 35, 35, 35, 35], {
    give: [['clotrimazole', 0.8]],
    by: 'pharmacist',
  }),
  complaint('Impetigo', 'L010', [70, 45, 8, 4, 3, 3], {
    season: 'summer',
    give: [
      ['fusidicAcid', 0.45],
      ['flucloxacillin', 0.35],
    ],
  }),
  complaint('Acne', 'L709', [0, 60, 55, 5, 0, 0], {
    give: [
      ['adapalene', 0.5],
      ['doxycycline', 0.2],
    ],
    women: 1.3,
    men: 0.7,
  }),
  complaint('Skin lesion or mole', 'D229', [5, 12, 75, 120, 170, 150], { by: 'GP' }),
  complaint('Cellulitis of lower leg', 'L031', [3, 5, 16, 32, 60, 120], {
    snomed: '128045006',
    season: 'summer',
    give: [['flucloxacillin', 0.85]],
    look: ['temperature'],
    again: 0.35,
  }),
  complaint('Insect bite', 'T140', [25, 22, 18, 14, 10, 8], {
    season: 'summer',
    give: [
      ['flucloxacillin', 0.3],
      ['hydrocortisone', 0.2],
    ],
    by: 'pharmacist',
  }),
  complaint('Ear wax or blocked ear', 'H612', [4, 15, 40, 70, 110, 140], { by: 'nurse' }),
  complaint('Otitis externa', 'H609', [8, 25, 35, 40, 35, 25], {
    season: 'summer',
    give: [['earSpray', 0.85]],
  }),
  complaint('Conjunctivitis', 'H109', [160, 40, 22, 18, 20, 25], {
    give: [['chloramphenicol', 0.45]],
    by: 'pharmacist',
  }),
  complaint('Urinary tract infection', 'N390', [20, 18, 75, 80, 140, 290], {
    snomed: '68566005',
    women: 1.65,
    men: 0.35,
    give: [
      ['nitrofurantoin', 0.68],
      ['trimethoprim', 0.2],
    ],
    look: ['temperature'],
    again: 0.2,
  }),
]
