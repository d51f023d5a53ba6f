import { capsules, type MedicineFacts, pack, tablets } from './pack.ts'

const DAILY = 'One to be taken each day'
const MORNING = 'One to be taken each morning'
const NIGHT = 'One to be taken at night'

/** For the heart, the vessels and the blood: chapter 2. */
export const HEART = {
  amlodipine: { ...tablets('Amlodipine 5mg tablets', DAILY, '2.6', 115), code: '319283006' },
  ramipril: capsules('Ramipril 5mg capsules', DAILY, '2.5', 150),
  losartan: tablets('Losartan 50mg tablets', DAILY, '2.5', 160),
  candesartan: tablets('Candesartan 8mg tablets', DAILY, '2.5', 170),
  sacubitril: tablets(
    'Sacubitril 49mg / Valsartan 51mg tablets',
    'One to be taken twice a day',
    '2.5',
    9156,
    2,
  ),
  indapamide: tablets('Indapamide 2.5mg tablets', MORNING, '2.2', 195),
  furosemide: tablets('Furosemide 40mg tablets', MORNING, '2.2', 115),
  furosemideTwice: tablets(
    'Furosemide 40mg tablets',
    'One to be taken in the morning and one at midday',
    '2.2',
    235,
    2,
  ),
  spironolactone: tablets('Spironolactone 25mg tablets', DAILY, '2.2', 220),
  bisoprolol: tablets('Bisoprolol 2.5mg tablets', MORNING, '2.4', 130),
  doxazosin: tablets('Doxazosin 4mg tablets', DAILY, '2.5', 165),
  atorvastatin: tablets('Atorvastatin 20mg tablets', NIGHT, '2.12', 150),
  atorvastatin80: tablets('Atorvastatin 80mg tablets', NIGHT, '2.12', 265),
  ezetimibe: tablets('Ezetimibe 10mg tablets', DAILY, '2.12', 270),
  aspirin: tablets('Aspirin 75mg dispersible tablets', DAILY, '2.9', 130),
  clopidogrel: tablets('Clopidogrel 75mg tablets', DAILY, '2.9', 200),
  apixaban: tablets('Apixaban 5mg tablets', 'One to be taken twice a day', '2.8', 575, 2),
  apixabanLow: tablets('Apixaban 2.5mg tablets', 'One to be taken twice a day', '2.8', 540, 2),
  edoxaban: tablets('Edoxaban 60mg tablets', DAILY, '2.8', 4900),
  warfarin: tablets('Warfarin 3mg tablets', 'As directed in the yellow book', '2.8', 165),
  isosorbide: tablets('Isosorbide mononitrate 60mg modified-release tablets', MORNING, '2.6', 620),
  gtn: pack(
    'Glyceryl trinitrate 400micrograms/dose spray',
    'One or two sprays under the tongue for chest pain',
    1,
    'spray',
    '2.6',
    425,
  ),
} as const satisfies Record<string, MedicineFacts>
