import type { Dice } from '../../../dice.ts'
import type { Reason } from '../../happening.ts'

type Weighted = readonly [text: string, icd10: string, men: number, women: number]

/**
 * What people die of in whom no lasting illness did it, by the age up to which it holds. ONS, deaths registered in England and
 * Wales 2022 (leading causes by age and sex), without what fatal.ts already takes; suicide and drugs as Rotherham's rates (13.2
 * and 6.4 in 100,000 a year, facts) leave after those whose illness led to them.
 */
const CAUSES: readonly (readonly [upTo: number, causes: readonly Weighted[]])[] = [
  [
    1,
    [
      ['Preterm birth', 'P073', 40, 40],
      ['Congenital malformation', 'Q899', 30, 32],
      ['Birth asphyxia', 'P219', 12, 12],
      ['Sudden infant death syndrome', 'R95', 8, 7],
      ['Sepsis of newborn', 'P369', 10, 9],
    ],
  ],
  [
    15,
    [
      ['Congenital malformation', 'Q899', 25, 25],
      ['Leukaemia', 'C959', 15, 15],
      ['Cancer of brain', 'C719', 15, 15],
      ['Transport accident', 'V892', 18, 10],
      ['Sepsis', 'A419', 12, 14],
      ['Pneumonia', 'J189', 8, 9],
      ['Accidental drowning', 'W74', 7, 3],
    ],
  ],
  [
    45,
    [
      ['Intentional self-harm by hanging', 'X70', 42, 26],
      ['Accidental poisoning by narcotics', 'X42', 17, 10],
      ['Transport accident', 'V892', 11, 5],
      ['Acute myocardial infarction', 'I219', 10, 5],
      ['Cardiomyopathy', 'I429', 5, 4],
      ['Cancer, primary site unknown', 'C809', 6, 14],
      ['Cancer of cervix', 'C539', 0, 7],
      ['Fall', 'W19', 5, 2],
      ['Sepsis', 'A419', 4, 6],
      ['Pulmonary embolism', 'I269', 3, 6],
      ['Pneumonia', 'J189', 5, 6],
    ],
  ],
  [
    65,
    [
      ['Acute myocardial infarction', 'I219', 27, 15],
      ['Intentional self-harm by hanging', 'X70', 13, 8],
      ['Accidental poisoning by narcotics', 'X42', 7, 5],
      ['Alcoholic cirrhosis of liver', 'K703', 7, 6],
      ['Cancer of pancreas', 'C259', 6, 8],
      ['Cancer of ovary', 'C56', 0, 9],
      ['Pneumonia', 'J189', 9, 10],
      ['Pulmonary embolism', 'I269', 4, 6],
      ['Subarachnoid haemorrhage', 'I609', 4, 7],
      ['Sepsis', 'A419', 5, 7],
      ['COVID-19', 'U071', 5, 5],
      ['Fall', 'W19', 5, 3],
    ],
  ],
  [
    80,
    [
      ['Acute myocardial infarction', 'I219', 25, 17],
      ['Pneumonia', 'J189', 15, 15],
      ['Pulmonary fibrosis', 'J841', 8, 6],
      ['Abdominal aortic aneurysm, ruptured', 'I713', 5, 2],
      ['Cancer, primary site unknown', 'C809', 9, 12],
      ['Intracerebral haemorrhage', 'I619', 6, 8],
      ['Sepsis', 'A419', 7, 8],
      ['COVID-19', 'U071', 6, 6],
      ['Aortic stenosis', 'I350', 4, 4],
      ['Bowel obstruction', 'K566', 4, 5],
      ['Fall', 'W19', 5, 5],
      ['Intentional self-harm by hanging', 'X70', 1.5, 0.6],
    ],
  ],
  [
    200,
    [
      ['Pneumonia', 'J189', 20, 20],
      ['Acute myocardial infarction', 'I219', 15, 11],
      ['Frailty of old age', 'R54', 14, 20],
      ['Hypertensive heart disease', 'I119', 5, 6],
      ['Urinary tract infection', 'N390', 6, 8],
      ['Fall', 'W19', 9, 9],
      ['COVID-19', 'U071', 8, 7],
      ['Sepsis', 'A419', 6, 6],
      ['Aortic stenosis', 'I350', 6, 6],
      ['Intracerebral haemorrhage', 'I619', 5, 6],
      ['Bowel obstruction', 'K566', 4, 4],
    ],
  ],
]

/** Hearts, clots, bleeds and injuries: however frail somebody was, nobody saw that day coming. */
export const isSudden = ({ icd10 = '' }: Reason): boolean => /^(I2[16]|I6|I71|[V-Y])/.test(icd10)

/** Draws one of them. */
export function causeWithoutIllness(dice: Dice, sex: 'female' | 'male', age: number): Reason {
  const causes = CAUSES.find(([upTo]) => age < upTo)?.[1] ?? []
  const [text, icd10] = dice.weighted(
    causes.map((cause): [Weighted, number] => [cause, cause[sex === 'male' ? 2 : 3]]),
  )
  return { text, icd10 }
}
