/** What an operation is called, by its OPCS-4 code; those that the made-up hospital does. */
const OPERATIONS: Record<string, string> = {
  C712: 'Cataract extraction',
  C751: 'Lens implant',
  W371: 'Total hip replacement',
  W401: 'Total knee replacement',
  W461: 'Hemiarthroplasty of hip',
  W191: 'Fixation of fracture with pin and plate',
  T202: 'Repair of inguinal hernia',
  J183: 'Laparoscopic cholecystectomy',
  H011: 'Appendicectomy',
  H229: 'Colonoscopy',
  G459: 'Gastroscopy',
  X403: 'Haemodialysis',
  X352: 'Intravenous chemotherapy',
  F341: 'Tonsillectomy',
  K491: 'Coronary angioplasty',
  R179: 'Planned caesarean section',
  R189: 'Emergency caesarean section',
}

export const operationName = (code: string): string | undefined => OPERATIONS[code]
