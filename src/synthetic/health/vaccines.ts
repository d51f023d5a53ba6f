/** The routine programme (UK Health Security Agency), a little simplified: text only, since product codes change from season to season. */
export interface Vaccine {
  text: string
  /** Age in days when due, for children. */
  due?: number
}

export const CHILDHOOD: readonly Required<Vaccine>[] = [
  { text: '6-in-1 (DTaP/IPV/Hib/HepB) first dose', due: 56 },
  { text: 'Meningococcal B first dose', due: 56 },
  { text: 'Rotavirus first dose', due: 56 },
  { text: '6-in-1 (DTaP/IPV/Hib/HepB) second dose', due: 84 },
  { text: 'Rotavirus second dose', due: 84 },
  { text: 'Pneumococcal conjugate first dose', due: 112 },
  { text: '6-in-1 (DTaP/IPV/Hib/HepB) third dose', due: 112 },
  { text: 'Meningococcal B second dose', due: 112 },
  { text: 'Measles, mumps and rubella first dose', due: 370 },
  { text: 'Pneumococcal conjugate booster', due: 370 },
  { text: 'Meningococcal B booster', due: 370 },
  { text: 'Measles, mumps and rubella second dose', due: 1230 },
  { text: '4-in-1 pre-school booster (DTaP/IPV)', due: 1230 },
  { text: 'Human papillomavirus', due: 4600 },
  { text: '3-in-1 teenage booster (Td/IPV)', due: 5150 },
  { text: 'Meningococcal ACWY', due: 5150 },
]

export const INFLUENZA = 'Influenza vaccine'
export const COVID = 'COVID-19 vaccine'
export const PNEUMOCOCCAL = 'Pneumococcal polysaccharide vaccine'
export const SHINGLES = 'Shingles vaccine'
export const SHINGLES_SECOND = 'Shingles vaccine second dose'
export const RSV = 'Respiratory syncytial virus vaccine'
export const PERTUSSIS = 'Pertussis-containing vaccine in pregnancy'
