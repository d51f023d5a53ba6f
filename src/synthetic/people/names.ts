/**
 * Names in roughly Rotherham's mix (2021 census: about nine in ten White, one in twenty of South Asian descent,
 * mostly Pakistani; smaller Polish, Slovak Roma and African communities). The minorities are a little larger here
 * than in life, so that a demonstration of 300 people meets names, languages and interpreters at all.
 * First names follow the fashions of the decade of birth.
 */
export type Heritage = 'british' | 'pakistani' | 'polish' | 'roma' | 'african'

export interface HeritageFacts {
  weight: number
  ethnicity: string
  /** Chance that an adult needs an interpreter, and in what. */
  language?: { code: string; text: string; chance: number }
  women: readonly string[]
  men: readonly string[]
  families: readonly string[]
}

const words = (list: string) => list.trim().split(/\s+/)

/** British first names by the decade in which they were common; other communities keep theirs longer. */
const BRITISH: readonly { before: number; women: readonly string[]; men: readonly string[] }[] = [
  {
    before: 1950,
    women: words(
      'Jean Joan Dorothy Sheila Brenda Maureen Audrey Barbara Marjorie Beryl Shirley Pauline Enid Nora',
    ),
    men: words(
      'Kenneth Ronald Dennis Stanley Raymond Gordon Roy Eric Jack Leonard Arthur Brian Norman Cyril',
    ),
  },
  {
    before: 1970,
    women: words(
      'Susan Linda Christine Carol Janet Lynne Elaine Gillian Denise Julie Diane Beverley Wendy Angela',
    ),
    men: words('David Peter Michael Stephen Alan Keith Graham Ian Paul Philip Trevor Kevin Martin Nigel'),
  },
  {
    before: 1995,
    women: words(
      'Sarah Claire Nicola Joanne Kelly Lisa Emma Rachel Gemma Laura Stacey Kirsty Hayley Natalie',
    ),
    men: words('Andrew Mark Lee Craig Wayne Darren Matthew Christopher Ryan Adam Scott Gareth Dean Simon'),
  },
  {
    before: 2100,
    women: words('Chloe Olivia Ellie Grace Amelia Freya Isla Poppy Evie Lily Daisy Ruby Harper Maisie'),
    men: words('Jack Oliver Harry Alfie Charlie Noah Jacob Archie Freddie Leo Riley Logan Theo Finley'),
  },
]

export const HERITAGES: Record<Heritage, HeritageFacts> = {
  british: {
    weight: 82,
    ethnicity: 'A',
    women: [],
    men: [],
    families:
      words(`Barraclough Bramley Cawthorne Crookes Dyson Earnshaw Fearnley Greaves Haigh Hinchliffe Holroyd
      Jagger Kaye Lockwood Marsden Mellor Naylor Oxley Pashley Roebuck Senior Shaw Stead Swift Tingle Utley Wadsworth
      Womersley Wragg Beaumont Brook Copley Dodson Elstone Firth Goddard Hirst Ibbotson Kilner Littlewood Moxon`),
  },
  pakistani: {
    weight: 8,
    ethnicity: 'J',
    language: { code: 'ur', text: 'Urdu', chance: 0.25 },
    women: words('Nasreen Shabana Rukhsana Aisha Fatima Zainab Saima Yasmin Parveen Maryam Hafsa Noor'),
    men: words('Mohammed Imran Tariq Shahid Zahid Bilal Usman Hamza Yusuf Arshad Nadeem Ibrahim'),
    families: words('Hussain Khan Mahmood Akhtar Iqbal Rashid Malik Shafiq Aziz Parvez Rafiq Sharif'),
  },
  polish: {
    weight: 4,
    ethnicity: 'C',
    language: { code: 'pl', text: 'Polish', chance: 0.35 },
    women: words('Katarzyna Agnieszka Magdalena Ewa Monika Zofia Hanna Maja Joanna Barbara'),
    men: words('Piotr Tomasz Marek Krzysztof Jakub Adam Szymon Andrzej Filip Wojciech'),
    families: words('Nowak Wojcik Kaminski Zielinski Szymanski Wozniak Dudek Mazur Pawlak Sikora'),
  },
  roma: {
    weight: 3,
    ethnicity: 'C',
    language: { code: 'sk', text: 'Slovak', chance: 0.5 },
    women: words('Monika Zuzana Veronika Jana Ivana Nikola Vanesa Eva Kristina Lenka'),
    men: words('Marek Peter Milan Jozef Roman Patrik Tomas Dusan Erik Ladislav'),
    families: words('Horvath Balog Pollak Kandra Gabor Dunka Lacko Tancos Cervenak Oravec'),
  },
  african: {
    weight: 3,
    ethnicity: 'N',
    language: { code: 'ti', text: 'Tigrinya', chance: 0.2 },
    women: words('Selam Blessing Ngozi Tendai Abeba Chipo Amina Ruth Hiwot Grace'),
    men: words('Tesfay Emeka Tatenda Yonas Kwame Samuel Daniel Farai Abel Chidi'),
    families: words('Okeke Moyo Tesfaye Mensah Ncube Haile Adeyemi Chikore Berhane Boateng'),
  },
}

/** First names to choose from for someone of this heritage, sex and year of birth. */
export function firstNames(heritage: Heritage, sex: 'female' | 'male', year: number): readonly string[] {
  const era = BRITISH.find((group) => year < group.before)
  const from = heritage === 'british' && era ? era : HERITAGES[heritage]
  return sex === 'female' ? from.women : from.men
}
