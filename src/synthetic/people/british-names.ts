/**
 * British first names by the decade of birth, the commonest first. To 1994 after the Office for National Statistics' hundred
 * commonest names of each decade's fourth year, since then after its yearly lists. Facts about names; nobody in particular.
 */
export interface Era {
  year: number
  women: readonly string[]
  men: readonly string[]
}

const words = (list: string) => list.trim().split(/\s+/)

const ERAS: readonly Era[] = [
  {
    year: 1924,
    women:
      words(`Margaret Mary Joan Joyce Dorothy Kathleen Doris Irene Elizabeth Eileen Betty Jean Marjorie Gladys Doreen Vera Elsie Barbara
      Winifred Edna Audrey Edith Florence Phyllis Lilian Hilda Olive Annie Violet Alice Patricia Ivy Muriel Iris Evelyn Peggy
      Catherine Ethel Beryl Gwendoline Ellen Sylvia Sheila Rose Constance Frances Lily Freda Marion Nancy Grace Beatrice Sarah Agnes
      Ruth May`),
    men: words(`John William George James Thomas Ronald Kenneth Robert Arthur Frederick Peter Edward Albert Charles Leslie Joseph Stanley Eric
      Frank Dennis David Norman Ernest Henry Leonard Harold Alfred Raymond Donald Harry Reginald Richard Jack Walter Cyril Geoffrey
      Alan Douglas Gordon Michael Roy Bernard Francis Patrick Sidney Herbert Maurice Clifford Anthony Victor Gerald Derek Philip
      Alexander Wilfred Edwin`),
  },
  {
    year: 1934,
    women:
      words(`Margaret Jean Mary Joan Patricia Sheila Barbara Doreen June Shirley Dorothy Joyce Maureen Elizabeth Audrey Brenda Kathleen
      Sylvia Eileen Pamela Betty Beryl Ann Irene Janet Anne Rita Pauline Mavis Iris Marjorie Valerie Doris Marion Marina Catherine
      Vera Josephine Edna Lilian Norma Rosemary Phyllis Hazel Evelyn Edith Olive Winifred Florence Ruth Elsie Muriel Marie Daphne
      Frances Christine`),
    men: words(`John Peter William Brian David James Michael Ronald Kenneth George Robert Thomas Alan Derek Raymond Anthony Roy Donald Dennis
      Edward Gordon Terence Joseph Frederick Arthur Colin Eric Richard Charles Norman Leslie Patrick Geoffrey Frank Albert Keith
      Leonard Bernard Stanley Gerald Reginald Francis Maurice Douglas Henry Malcolm Ernest Harold Alfred Graham Harry Jack Barry
      Walter Ian Philip`),
  },
  {
    year: 1944,
    women:
      words(`Margaret Patricia Christine Mary Jean Ann Susan Janet Maureen Barbara Valerie Carol Sandra Pauline Elizabeth Joan Pamela
      Jennifer Kathleen Anne Sheila Brenda Gillian Linda Jacqueline Sylvia Carole Eileen Wendy Judith Dorothy June Joyce Irene Diane
      Rosemary Angela Doreen Shirley Marion Rita Catherine Yvonne Josephine Helen Beryl Hazel Frances Janice Elaine Diana Veronica
      Jane Marilyn Lesley Norma`),
    men: words(`John David Michael Peter Robert Anthony Brian Alan William James Richard Kenneth Roger Keith Colin Christopher Raymond Terence
      Thomas Barry George Graham Ian Malcolm Geoffrey Ronald Derek Paul Edward Roy Patrick Philip Trevor Dennis Leslie Joseph
      Bernard Charles Eric Stephen Martin Frederick Norman Gordon Andrew Frank Arthur Rodney Gerald Clive Jeffrey Douglas Donald
      Francis Stuart Victor`),
  },
  {
    year: 1954,
    women:
      words(`Susan Linda Christine Margaret Janet Patricia Carol Elizabeth Mary Anne Ann Jane Jacqueline Barbara Sandra Gillian Pauline
      Elaine Lesley Angela Pamela Helen Jennifer Valerie Jean Catherine Julie Kathleen Denise Maureen Judith Wendy Diane Sheila
      Janice Lynn Karen Yvonne Lynne Shirley Marion Maria Rosemary Carole Joan Marilyn June Lorraine Lynda Sally Marian Brenda
      Alison Teresa Julia Heather`),
    men: words(`David John Stephen Michael Peter Robert Paul Alan Christopher Richard Anthony Andrew Ian James William Philip Brian Keith
      Graham Kevin Martin Colin Steven Thomas Kenneth Raymond Nigel Geoffrey Terence Trevor Malcolm Mark Barry Gary George Nicholas
      Derek Charles Patrick Timothy Roger Leslie Ronald Clive Edward Neil Joseph Jeffrey Stuart Roy Gordon Jonathan Simon Adrian
      Dennis Phillip`),
  },
  {
    year: 1964,
    women:
      words(`Susan Julie Karen Jacqueline Deborah Tracey Jane Helen Diane Sharon Tracy Angela Sarah Alison Caroline Amanda Sandra Linda
      Catherine Elizabeth Carol Joanne Wendy Janet Dawn Christine Nicola Gillian Sally Maria Michelle Debra Paula Anne Lorraine
      Patricia Mary Denise Margaret Ann Beverley Donna Elaine Fiona Jennifer Lesley Louise Mandy Tina Jayne Suzanne Andrea Pauline
      Lisa Claire Kim`),
    men: words(`David Paul Andrew Mark John Michael Stephen Ian Robert Richard Christopher Peter Simon Anthony Kevin Gary Steven Martin James
      Philip Alan Neil Nigel Timothy Colin Graham Jonathan Nicholas William Adrian Brian Stuart Keith Thomas Patrick Sean Carl
      Trevor Wayne Shaun Kenneth Barry Derek Dean Raymond Antony Jeremy Joseph Edward Lee Terence Matthew Daniel George Russell
      Charles`),
  },
  {
    year: 1974,
    women:
      words(`Sarah Claire Nicola Emma Lisa Joanne Michelle Helen Samantha Karen Amanda Rachel Louise Julie Clare Rebecca Sharon Victoria
      Caroline Susan Alison Catherine Elizabeth Deborah Donna Tracey Tracy Angela Jane Zoe Kerry Melanie Sally Jennifer Dawn Andrea
      Suzanne Lucy Joanna Anna Charlotte Paula Katherine Maria Marie Fiona Kelly Natalie Kathryn Jacqueline Wendy Sara Hayley Laura
      Natasha Ruth`),
    men: words(`Paul Mark David Andrew Richard Christopher James Simon Michael Matthew Stephen Lee John Robert Darren Daniel Steven Jason
      Nicholas Jonathan Ian Neil Peter Stuart Anthony Martin Kevin Craig Philip Gary Scott Wayne Timothy Benjamin Adam Alan Dean
      Adrian Carl Thomas William Graham Alexander Colin Jamie Gareth Justin Barry Christian Karl Brian Edward Keith Marc Nigel Sean`),
  },
  {
    year: 1984,
    women:
      words(`Sarah Laura Gemma Emma Rebecca Claire Victoria Samantha Rachel Amy Jennifer Nicola Katie Lisa Kelly Natalie Louise Michelle
      Hayley Hannah Helen Charlotte Joanne Lucy Elizabeth Leanne Danielle Donna Katherine Clare Stephanie Stacey Lauren Joanna Kerry
      Emily Catherine Sophie Anna Jessica Zoe Kirsty Kimberley Kate Jenna Caroline Natasha Rachael Amanda Kathryn Karen Alexandra
      Jodie Alison Sara Jemma`),
    men: words(`Christopher James David Daniel Michael Matthew Andrew Richard Paul Mark Thomas Adam Robert John Lee Benjamin Steven Jonathan
      Craig Stephen Simon Nicholas Peter Anthony Alexander Gary Ian Ryan Luke Jamie Stuart Philip Darren William Gareth Martin Kevin
      Scott Dean Joseph Jason Neil Samuel Carl Ben Sean Timothy Oliver Ashley Wayne Edward Shaun Aaron Gavin Liam Nathan`),
  },
  {
    year: 1994,
    women:
      words(`Rebecca Lauren Jessica Charlotte Hannah Sophie Amy Emily Laura Emma Chloe Sarah Lucy Katie Bethany Jade Megan Alice Rachel
      Samantha Danielle Holly Abigail Olivia Stephanie Elizabeth Victoria Natasha Georgia Zoe Natalie Eleanor Shannon Paige Georgina
      Gemma Nicole Chelsea Kirsty Alexandra Melissa Jennifer Hayley Louise Katherine Jodie Grace Anna Molly Amber Jasmine Kayleigh
      Kelly Harriet Ashleigh Catherine`),
    men: words(`Thomas James Jack Daniel Matthew Ryan Joshua Luke Samuel Jordan Adam Michael Alexander Christopher Benjamin Joseph Liam Jake
      William Andrew George Lewis Oliver David Robert Jamie Nathan Connor Jonathan Harry Callum Aaron Ashley Bradley Jacob Kieran
      Scott Sam John Ben Nicholas Kyle Charles Mark Sean Edward Stephen Richard Alex Peter Dominic Joe Reece Lee Rhys Steven`),
  },
  {
    year: 2004,
    women:
      words(`Emily Ellie Jessica Sophie Chloe Lucy Olivia Charlotte Katie Megan Grace Hannah Amy Ella Mia Lily Abigail Emma Amelia Molly
      Lauren Millie Holly Leah Caitlin Rebecca Georgia Bethany Eleanor Isabella Isabelle Daisy Elizabeth Phoebe Erin Jasmine Alice
      Ruby Freya Summer Amber Anna Sarah Matilda Madison Poppy Niamh Paige Libby Zoe Imogen Maisie Aimee Evie Harriet Scarlett`),
    men: words(`Jack Joshua Thomas James Daniel Samuel Oliver William Benjamin Joseph Harry Matthew Lewis Ethan Luke Charlie George Callum
      Alexander Ryan Dylan Jacob Adam Ben Cameron Liam Connor Jake Nathan Owen Max Jamie Tyler Kieran Harvey Alfie Michael Brandon
      Kyle Harrison Aaron Isaac Logan Edward Bradley Toby Archie Robert Charles Leon Rhys Henry Louis Reece Riley Kai`),
  },
  {
    year: 2014,
    women:
      words(`Amelia Olivia Isla Emily Poppy Ava Isabella Jessica Lily Sophie Grace Sophia Mia Evie Ruby Ella Scarlett Isabelle Chloe Sienna
      Freya Phoebe Charlotte Daisy Alice Florence Eva Sofia Millie Lucy Evelyn Elsie Rosie Imogen Lola Matilda Elizabeth Layla Holly
      Lilly Molly Erin Ellie Maisie Maya Abigail Eliza Georgia Jasmine Esme Willow Bella Annabelle Ivy Amber Harper`),
    men: words(`Oliver Jack Harry Jacob Charlie Thomas George Oscar James William Noah Alfie Joshua Henry Leo Archie Ethan Joseph Freddie
      Samuel Alexander Logan Daniel Isaac Max Benjamin Mason Lucas Edward Harrison Jake Dylan Riley Finley Theo Sebastian Adam
      Zachary Arthur Toby Jayden Luke Harley Lewis Tyler Harvey Matthew David Reuben Michael Elijah Kian Tommy Nathan Blake Theodore`),
  },
  {
    year: 2024,
    women:
      words(`Olivia Amelia Isla Lily Freya Ava Ivy Florence Willow Isabella Mia Poppy Sophia Evie Grace Elsie Millie Sienna Daisy Phoebe
      Rosie Harper Ella Maisie Ada Bonnie Charlotte Emily Sofia Evelyn Maeve Penelope Delilah Hallie Margot Mabel Violet Aria Eliza
      Matilda Luna Nancy Orla Emilia Robyn Iris Ottilie Ayla Arabella Eden Lottie Autumn Clara Olive Thea Lyla`),
    men: words(`Noah Oliver George Leo Arthur Luca Theodore Oscar Archie Jude Henry Freddie Theo Alfie Charlie Tommy Reggie Jack Albie Thomas
      Teddy Rory Roman Harry Louie Ezra Hudson Elijah Arlo Finley Jacob James Joshua Isaac Oakley William Edward Lucas Albert Reuben
      Rowan Hugo Logan Jesse Milo Ronnie Mason Sonny Ralph Frankie Toby Vinnie Bobby Dylan Otis Carter`),
  },
]

/** The era whose fashions somebody born in this year was named by. */
export function eraOf(year: number): Era {
  const nth = Math.round((year - 1924) / 10)
  const found = ERAS[Math.min(ERAS.length - 1, Math.max(0, nth))]
  if (!found) throw new Error('No names')
  return found
}
