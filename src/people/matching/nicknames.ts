/** Given names and what people are called for short; a line is a name. Folded as `nameKey` does. Add to it what your practices meet. */
const lines = `
abdul abdullah abdallah
abigail abby gail
albert al bert bertie
alexander alex alec sandy lex sasha
alexandra alex sandra sandy lexi sasha
alfred alf alfie fred
andrew andy drew
angela angie
ann anne anna annie nan nancy hannah
anthony tony antony
antonia toni
arthur art
barbara babs barb
benjamin ben benny
bernard bernie
bridget biddy bridie
caroline carol carrie lina
catherine katherine kathryn cathy kathy kate katie kitty cath kath kay
charles charlie chas chuck
charlotte lottie charlie
christine chris chrissie tina christina
christopher chris kit
constance connie
daniel dan danny
david dave davy
deborah debbie deb debra
derek del
diana di diane
donald don
dorothy dot dottie dolly dora
edith edie
edward ed eddie ted teddy ned
eleanor ellie nell nellie nora elinor
elizabeth liz lizzie beth betty bess bessie betsy eliza elsie libby lisa elisabeth
ellen nell nellie helen
emily em emmy millie
emma em
ernest ernie
eugene gene
evelyn eve evie
florence flo florrie flossie
frances fran fanny frankie
francis frank fran
frederick fred freddie freddy
geoffrey geoff jeffrey jeff
george georgie
gerald gerry jerry
gillian gill jill
gladys glad
gordon gord
grace gracie
gregory greg
gwendoline gwen
harold harry hal
harriet hattie harri
henry harry hal hank
herbert bert herb
hilda hildy
hugh hughie
ian iain
irene rene
isabel isabella isobel bella izzy belle
jacob jake jack
jacqueline jackie jacqui
james jim jimmy jamie jem
jane janey jenny
janet jan
jean jeannie
jennifer jen jenny
jessica jess jessie
joan joanie
joanna joanne jo
john jack johnny jon
jonathan jon jonny
joseph joe joey
josephine jo josie
joshua josh
judith judy jude
karen kaz
kenneth ken kenny
kimberley kim
laurence lawrence larry laurie
leonard len lenny leo
leslie les lesley
lilian lily lil lillian
louise lou louisa lulu
lucy lucille lou
madeleine maddie madeline
malcolm mal
margaret maggie meg megan peggy peg madge marge margie margot greta rita daisy maisie
maria mary mia
marian marion
mark marc
martha mattie patty
martin marty
mary molly polly mollie may mamie
matilda tilly mattie
matthew matt matty
maureen mo
mavis mave
michael mike mick mickey micky
mohammed muhammad mohammad mohamed muhammed mohamad mohd mo
monica mon
nathaniel nathan nat nate
nicholas nick nicky nico nicolas
nicola nicky nikki
oliver ollie
olivia liv livvy
pamela pam
patricia pat patsy trish tricia patty
patrick pat paddy
pauline paula
penelope penny
peter pete
philip phil phillip
phyllis phyl
priscilla cilla
rachel rach rachael
raymond ray
rebecca becky becca bex
reginald reg reggie
richard rick dick richie rich ricky
robert bob bobby rob robbie bert
roger rodge
ronald ron ronnie
rosemary rose rosie
roy royston
russell russ
samantha sam sammy
samuel sam sammy
sarah sally sara sadie
sheila shelagh
sidney sid sydney
simon si
sophia sophie sofia
stanley stan
stephanie steph
stephen steve steven stevie
stuart stewart stu
susan sue susie suzanne suzy susanna
sylvia syl
terence terry
theodore ted teddy theo
theresa teresa terry tess tessa
thomas tom tommy
timothy tim
valerie val
veronica ronnie vera
victor vic
victoria vicky vikki tori
vincent vince
violet vi
vivian viv
walter wally walt
wilfred wilf
william bill billy will willie liam
winifred winnie freda
yvonne von
zachary zach zak
`

const sets = new Map<string, Set<number>>()
for (const [index, line] of lines.trim().split('\n').entries())
  for (const name of line.split(' ')) sets.set(name, (sets.get(name) ?? new Set()).add(index))

/** Whether two given names are forms of one: Margaret and Peggy. A short form of several names stands for each: Ted for Edward or Theodore. */
export const areFormsOfOne = (one: string, other: string): boolean =>
  [...(sets.get(one) ?? [])].some((index) => sets.get(other)?.has(index) === true)

/** The names that one line lists, by which the forms of a name find each other; the name itself where no line has it. */
export const formOf = (name: string): string => {
  const line = Math.min(...(sets.get(name) ?? []))
  return Number.isFinite(line) ? (lines.trim().split('\n')[line]?.split(' ')[0] ?? name) : name
}
