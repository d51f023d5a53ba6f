import { eraOf } from './british-names.ts'

/**
 * Names by where a family's come from, as far as Rotherham's communities are large (2021 census: nine in ten White, one in twenty of
 * South Asian descent, mostly Pakistani; smaller Polish, Slovak Roma, African and others). How many of each live where:
 * residents/heritage. British first names follow the fashions of the decade of birth; other communities keep theirs longer.
 */
export type Heritage = 'british' | 'pakistani' | 'polish' | 'roma' | 'african' | 'indian' | 'chinese' | 'arab'

export interface HeritageFacts {
  /** Chance that an adult needs an interpreter, and in what. */
  language?: { code: string; text: string; chance: number }
  women: readonly string[]
  men: readonly string[]
  families: readonly string[]
}

const words = (list: string) => list.trim().split(/\s+/)

export const HERITAGES: Record<Heritage, HeritageFacts> = {
  british: {
    women: [],
    men: [],
    // Common in England or in South Yorkshire; the commonest first.
    families:
      words(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall
      Wood Jackson Clarke Clark Harrison Scott Cooper Ward Turner Hill Moore Morris Harris Martin Watson Parker Baker Allen
      Young King Cook Mitchell Lee Carter Bailey Bennett Cox Richardson Marshall Ellis Shaw Adams Simpson Webb Wilkinson
      Foster Chapman Holmes Rogers Knight Hunt Mills Palmer Barker Stevens Matthews Fisher Barnes Dixon Harvey Pearson Graham
      Fletcher Howard Andrews Gibson Reynolds Elliott Fox Ford Saunders West Payne Day Bradley Lawrence Lloyd Atkinson Cole
      Dawson Spencer Booth Hudson Burton Watts Brooks Hart Armstrong Hawkins Nicholson Wheeler Porter Bird Newton Higgins
      Woods Hughes Edwards Phillips Lewis James Price Murphy Kelly Kennedy Byrne Gallagher Doyle Sutton Chambers Hopkins
      Barrett Gregory Burgess Bates Crossley Sykes Armitage Broadhead Batty Bullock Charlesworth Clayton Cartwright Colley
      Crowther Dale Denton Duke Eyre Fieldsend France Frost Garner Gill Goodwin Grayson Hague Hallam Hammond Hardcastle
      Hartley Heath Hewitt Hobson Hollis Howarth Hoyland Hoyle Hutchinson Ingham Jenkinson Jessop Jubb Kay Kirk Lindley Linley
      Lister Lunn Lyon Machin Mallinson Mangham Mason Middleton Milner Morton Myers Nield Norton Nuttall Ogden Oldfield Parkin
      Parr Peace Peel Pickering Platts Priestley Ramsden Rawson Revill Rhodes Ridgway Rowbotham Sanderson Savage Shepherd
      Siddall Slack Smithson Speight Spooner Staniforth Steel Stephenson Sugden Swallow Swann Sylvester Thorpe Tomlinson
      Townend Turton Tyas Vickers Wainwright Walton Waterhouse Webster Wharton Whitaker Whitehead Widdowson Wigfield Wilcock
      Winder Woffinden Woodhead Woodhouse Woolley Worsley Yates Barraclough Bramley Cawthorne Crookes Dyson Earnshaw Fearnley
      Greaves Haigh Hinchliffe Holroyd Jagger Kaye Lockwood Marsden Mellor Naylor Oxley Pashley Roebuck Senior Stead Swift
      Tingle Utley Wadsworth Womersley Wragg Beaumont Brook Copley Dodson Elstone Firth Goddard Hirst Ibbotson Kilner
      Littlewood Moxon`),
  },
  pakistani: {
    language: { code: 'ur', text: 'Urdu', chance: 0.25 },
    women:
      words(`Nasreen Shabana Rukhsana Aisha Fatima Zainab Saima Yasmin Parveen Maryam Hafsa Noor Shazia Farzana Samina
      Nazia Sadia Rabia Iqra Amina Khadija Safa Hira Sana Nadia Shaheen Zahra Tahira Bushra Mehwish Anam Aliza Inaya Eshal`),
    men: words(`Mohammed Imran Tariq Shahid Zahid Bilal Usman Hamza Yusuf Arshad Nadeem Ibrahim Asif Waqas Kamran Adeel
      Faisal Amir Haroon Javed Khalid Nasir Sajid Rizwan Shoaib Ali Hassan Ismail Zain Ayaan Rayyan Musa Muhammad Haris`),
    families:
      words(`Hussain Khan Mahmood Akhtar Iqbal Rashid Malik Shafiq Aziz Parvez Rafiq Sharif Ahmed Ali Shah Mirza Bashir
      Saleem Nawaz Yaqoob Zaman Hanif Younis Sadiq Choudhry Ashraf Riaz Bi Aslam Farooq`),
  },
  polish: {
    language: { code: 'pl', text: 'Polish', chance: 0.35 },
    women:
      words(`Katarzyna Agnieszka Magdalena Ewa Monika Zofia Hanna Maja Joanna Barbara Anna Beata Dorota Iwona Julia
      Karolina Lena Marta Natalia Oliwia Sylwia Wiktoria`),
    men: words(`Piotr Tomasz Marek Krzysztof Jakub Adam Szymon Andrzej Filip Wojciech Antoni Dawid Grzegorz Kacper Lukasz
      Maciej Mateusz Michal Pawel Rafal Sebastian Stanislaw`),
    families:
      words(`Nowak Wojcik Kaminski Zielinski Szymanski Wozniak Dudek Mazur Pawlak Sikora Kowalski Lewandowski Wisniewski
      Krawczyk Piotrowski Grabowski Michalak Jankowski Adamczyk Walczak Stepien Gorski`),
  },
  roma: {
    language: { code: 'sk', text: 'Slovak', chance: 0.5 },
    women:
      words(`Monika Zuzana Veronika Jana Ivana Nikola Vanesa Eva Kristina Lenka Denisa Erika Helena Katarina Marcela
      Natalia Renata Simona Sofia Tatiana`),
    men: words(`Marek Peter Milan Jozef Roman Patrik Tomas Dusan Erik Ladislav Adrian Dominik Frantisek Igor Kevin
      Lukas Martin Rastislav Stefan Viktor`),
    families:
      words(`Horvath Balog Pollak Kandra Gabor Dunka Lacko Tancos Cervenak Oravec Badzo Bandy Cicko Ferko Gina
      Holub Kotlar Mirga Tulej Ziga`),
  },
  african: {
    language: { code: 'ti', text: 'Tigrinya', chance: 0.2 },
    women:
      words(`Selam Blessing Ngozi Tendai Abeba Chipo Amina Ruth Hiwot Grace Adaeze Comfort Esther Fatou Joy Mercy
      Nyasha Patience Precious Rahel Saba Temitope`),
    men: words(`Tesfay Emeka Tatenda Yonas Kwame Samuel Daniel Farai Abel Chidi Emmanuel Isaac Joseph Kofi Mehari
      Musa Oluwaseun Robel Simba Solomon Tawanda Victor`),
    families:
      words(`Okeke Moyo Tesfaye Mensah Ncube Haile Adeyemi Chikore Berhane Boateng Abebe Dube Eze Kamau Kidane
      Mutasa Nkosi Nwosu Okafor Oyelaran Sibanda Yeboah`),
  },
  indian: {
    language: { code: 'pa', text: 'Punjabi', chance: 0.12 },
    women: words(
      'Priya Anjali Kavita Sunita Meera Pooja Neha Asha Rekha Simran Jaspreet Harpreet Anya Diya Isha Riya',
    ),
    men: words(
      'Rajesh Sanjay Amit Vijay Rahul Anil Suresh Arjun Rohan Harjit Gurpreet Manjit Aarav Dev Nikhil Ravi',
    ),
    families: words(
      'Patel Singh Kaur Sharma Gill Sandhu Nair Thomas Varghese Joshi Reddy Kumar Desai Rao Bhatt Mathew',
    ),
  },
  chinese: {
    language: { code: 'yue', text: 'Cantonese', chance: 0.3 },
    women: words('Mei Li Xin Hui Ying Siu Wai Yan Jia Lin Fang Ka'),
    men: words('Wei Chun Kin Ming Jun Hao Kwok Chi Feng Lok Tao Yat'),
    families: words('Wong Chan Li Chen Lam Cheung Liu Ng Zhang Leung Yip Tang'),
  },
  arab: {
    language: { code: 'ar', text: 'Arabic', chance: 0.35 },
    women: words(
      'Amal Fatima Huda Layla Mariam Nour Rania Salma Samira Shirin Yasmin Zeinab Hala Rima Dalia Avin',
    ),
    men: words(
      'Ahmed Ali Hassan Ibrahim Karim Khaled Mahmoud Mustafa Omar Saad Samir Tariq Yousef Azad Rebin Hadi',
    ),
    families: words(
      'Al-Hassan Al-Masri Haddad Khalil Mansour Nasser Saleh Said Salman Yassin Aziz Karimi Rahimi Rasul Qadir Omar',
    ),
  },
}

/** First names to choose from for someone of this heritage, sex and year of birth. */
export function firstNames(heritage: Heritage, sex: 'female' | 'male', year: number): readonly string[] {
  const from = heritage === 'british' ? eraOf(year) : HERITAGES[heritage]
  return sex === 'female' ? from.women : from.men
}

/** Women of Polish descent carry -ska, Slovak ones -ova, where their brothers carry -ski and a plain ending. */
export function familyNameFor(base: string, heritage: Heritage, sex: 'female' | 'male'): string {
  if (sex === 'male') return base
  if (heritage === 'polish') return base.replace(/ski$/, 'ska')
  return heritage === 'roma' ? `${base}ova` : base
}
