import { type Complaint, complaint } from './complaint.ts'
import { INFECTIONS } from './infections.ts'

/**
 * What people come with that is not on their list of lasting conditions. Rates are chosen so that consultations by age and sex have
 * the shape of Hobbs et al. (Lancet 2016; 387: 2323), the mix of reasons that of Salisbury et al. (BJGP 2013; 63: e707), and the
 * sum, with planned care, the borough's 1.5 million appointments. ICD-10 to four characters, without the dot.
 */
export const COMPLAINTS: readonly Complaint[] = [
  ...INFECTIONS,
  complaint('Lower urinary tract symptoms', 'R391', [0, 2, 15, 45, 100, 110], {
    women: 0.5,
    men: 1.5,
    panel: 'prostate',
    asked: 0.45,
    again: 0.3,
    by: 'GP',
  }),
  complaint('Urinary incontinence', 'R32X', [2, 8, 10, 30, 40, 60], { women: 1.6, men: 0.4, by: 'nurse' }),
  complaint('Contraception', 'Z309', [0, 18, 330, 45, 0, 0], {
    women: 2,
    men: 0,
    look: ['bloodPressure', 'weight'],
    again: 0.05,
    by: 'nurse',
  }),
  complaint('Menstrual problem', 'N926', [0, 50, 120, 70, 0, 0], {
    give: [
      ['naproxenShort', 0.25],
      ['pillProgestogen', 0.2],
    ],
    women: 2,
    men: 0,
    panel: 'tired',
    asked: 0.4,
    by: 'GP',
  }),
  complaint('Menopausal symptoms', 'N951', [0, 0, 25, 190, 5, 0], {
    women: 2,
    men: 0,
    look: ['bloodPressure'],
    again: 0.3,
    by: 'GP',
  }),
  complaint('Vaginal discharge', 'N898', [2, 10, 65, 22, 12, 8], {
    women: 2,
    men: 0,
    give: [
      ['fluconazole', 0.45],
      ['clotrimazole', 0.25],
    ],
    by: 'nurse',
  }),
  complaint('Breast lump or pain', 'N63X', [0, 6, 40, 40, 30, 18], { women: 1.9, men: 0.1, by: 'GP' }),
  complaint('Erectile dysfunction', 'N529', [0, 0, 14, 50, 40, 8], {
    give: [['sildenafil', 0.6]],
    women: 0,
    men: 2,
    panel: 'heart',
    asked: 0.4,
    by: 'GP',
  }),
  complaint('Low back pain', 'M545', [0, 12, 170, 210, 180, 150], {
    snomed: '279039007',
    give: [
      ['naproxenShort', 0.35],
      ['codeineShort', 0.25],
      ['amitriptyline', 0.06],
    ],
    again: 0.25,
    by: 'physiotherapist',
  }),
  complaint('Neck pain', 'M542', [1, 8, 45, 65, 55, 40], {
    give: [
      ['naproxenShort', 0.3],
      ['codeineShort', 0.1],
    ],
    by: 'physiotherapist',
  }),
  complaint('Shoulder pain', 'M255', [0, 4, 45, 105, 105, 70], {
    give: [
      ['naproxenShort', 0.3],
      ['codeineShort', 0.1],
    ],
    again: 0.25,
    by: 'physiotherapist',
  }),
  complaint('Knee pain', 'M255', [2, 25, 60, 120, 140, 120], {
    give: [
      ['naproxenShort', 0.2],
      ['ibuprofenGel', 0.2],
    ],
    panel: 'joints',
    asked: 0.08,
    again: 0.2,
    by: 'physiotherapist',
  }),
  complaint('Joint pain or swelling', 'M255', [6, 25, 60, 115, 125, 115], {
    give: [
      ['naproxenShort', 0.25],
      ['ibuprofenGel', 0.15],
    ],
    panel: 'joints',
    asked: 0.4,
    again: 0.25,
  }),
  complaint('Sprain of ankle', 'S934', [4, 28, 24, 16, 12, 10], {
    snomed: '44465007',
    by: 'physiotherapist',
  }),
  complaint('Injury or wound', 'T149', [60, 55, 50, 45, 60, 120], {
    give: [
      ['flucloxacillin', 0.15],
      ['dressings', 0.15],
    ],
    by: 'nurse',
    again: 0.3,
  }),
  complaint('Headache', 'R51X', [8, 55, 95, 75, 50, 45], {
    give: [
      ['propranolol', 0.08],
      ['sumatriptan', 0.12],
      ['amitriptyline', 0.06],
    ],
    women: 1.3,
    men: 0.7,
    look: ['bloodPressure'],
  }),
  complaint('Dizziness', 'R42X', [2, 14, 45, 75, 120, 190], {
    look: ['bloodPressure', 'pulse'],
    panel: 'general',
    asked: 0.25,
  }),
  complaint('Tired all the time', 'R53X', [4, 35, 130, 120, 100, 110], {
    women: 1.3,
    men: 0.7,
    panel: 'tired',
    asked: 0.75,
    again: 0.3,
    by: 'GP',
  }),
  complaint('Chest pain', 'R074', [1, 14, 45, 65, 70, 75], {
    look: ['bloodPressure', 'pulse'],
    panel: 'heart',
    asked: 0.3,
    by: 'GP',
  }),
  complaint('Palpitations', 'R002', [0, 6, 40, 42, 45, 45], {
    look: ['bloodPressure', 'pulse'],
    panel: 'heart',
    asked: 0.5,
    by: 'GP',
  }),
  complaint('Breathlessness', 'R060', [15, 12, 30, 55, 105, 160], {
    look: ['oxygenSaturation', 'pulse'],
    panel: 'heart',
    asked: 0.45,
    again: 0.3,
    by: 'GP',
  }),
  complaint('Swollen legs', 'R600', [0, 1, 12, 38, 85, 160], {
    look: ['weight', 'bloodPressure'],
    panel: 'general',
    asked: 0.4,
    again: 0.25,
  }),
  complaint('Stress or low mood', 'F439', [0, 50, 230, 170, 60, 40], {
    women: 1.2,
    men: 0.8,
    look: ['moodScore', 'worryScore'],
    give: [['diazepam', 0.03]],
    again: 0.35,
    by: 'mental health worker',
  }),
  complaint('Poor sleep', 'G470', [6, 16, 45, 55, 55, 55], { give: [['zopiclone', 0.25]] }),
  complaint('Behaviour or development of a child', 'R468', [75, 90, 0, 0, 0, 0], {
    men: 1.3,
    women: 0.7,
    again: 0.2,
    by: 'GP',
  }),
  complaint('Memory concerns', 'R413', [0, 0, 4, 22, 55, 110], {
    panel: 'memory',
    asked: 0.6,
    again: 0.3,
    by: 'GP',
  }),
  complaint('Fall at home', 'W199', [3, 2, 3, 10, 45, 190], { look: ['bloodPressure', 'pulse'], again: 0.2 }),
  complaint('Shingles', 'B029', [0, 2, 8, 16, 24, 28], { give: [['aciclovir', 0.85]] }),
  complaint('Acute gout', 'M109', [0, 0, 8, 22, 30, 35], {
    women: 0.4,
    men: 1.6,
    give: [
      ['colchicine', 0.6],
      ['naproxenShort', 0.25],
    ],
    panel: 'joints',
    asked: 0.4,
  }),
  complaint('Fit note', 'Z027', [0, 0, 105, 140, 8, 0], { again: 0.35 }),
  complaint('Wants to stop smoking', 'Z716', [0, 0, 12, 14, 7, 2], {
    give: [
      ['nicotinePatch', 0.4],
      ['varenicline', 0.3],
    ],
    again: 0.4,
    by: 'nurse',
  }),
  complaint('Question about medicines', 'Z768', [25, 22, 75, 110, 210, 280], {
    by: 'pharmacist',
    again: 0.05,
  }),
  complaint('Wound dressing', 'Z480', [5, 8, 28, 55, 110, 200], {
    give: [
      ['dressings', 0.3],
      ['flucloxacillin', 0.08],
    ],
    by: 'nurse',
    again: 0.55,
  }),
  complaint('Letter, form or travel advice', 'Z768', [40, 45, 95, 80, 60, 55], { again: 0.03 }),
]
