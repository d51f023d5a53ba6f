import { type Item, isItem, itemsIn, textOf } from './issue.ts'
import type { Rule, Rules } from './rules.ts'
import { has, hasChoice, inOrder } from './rules-data-types.ts'

const terminology = 'http://terminology.hl7.org/CodeSystem/'

/** Whether a CodeableConcept holds one of these codes of a system. */
function coded(concept: unknown, system: string, ...codes: unknown[]): boolean {
  return itemsIn(isItem(concept) ? concept['coding'] : undefined).some(
    (coding) => coding['system'] === terminology + system && codes.includes(coding['code']),
  )
}

const oneOf = (key: string, words: string, ...names: string[]): Rule => ({
  key,
  words,
  holds: (item) => has(item, ...names),
})

const notBoth = (key: string, words: string, name: string, other: string): Rule => ({
  key,
  words,
  at: name,
  holds: (item) => !has(item, name) || !has(item, other),
})

const wrongAllergy = (item: Item) =>
  coded(item['verificationStatus'], 'allergyintolerance-verification', 'entered-in-error')
const wrongCondition = (item: Item) =>
  coded(item['verificationStatus'], 'condition-ver-status', 'entered-in-error')

const allergy: Rule[] = [
  {
    key: 'ait-1',
    words: 'An allergy must have a clinical status unless it was entered in error',
    at: 'clinicalStatus',
    holds: (item) => has(item, 'clinicalStatus') || wrongAllergy(item),
  },
  {
    key: 'ait-2',
    words: 'An allergy entered in error must not have a clinical status',
    at: 'clinicalStatus',
    holds: (item) => !has(item, 'clinicalStatus') || !wrongAllergy(item),
  },
]

const onProblemList = (item: Item) =>
  itemsIn(item['category']).some((each) => coded(each, 'condition-category', 'problem-list-item'))

const condition: Rule[] = [
  {
    key: 'con-3',
    severity: 'warning',
    words: 'An item of the problem list should have a clinical status unless it was entered in error',
    at: 'clinicalStatus',
    holds: (item) => has(item, 'clinicalStatus') || wrongCondition(item) || !onProblemList(item),
  },
  {
    key: 'con-4',
    words: 'A condition that has abated must be inactive, resolved or in remission',
    at: 'clinicalStatus',
    holds: (item) =>
      !hasChoice(item, 'abatement') ||
      coded(item['clinicalStatus'], 'condition-clinical', 'inactive', 'resolved', 'remission'),
  },
  {
    key: 'con-5',
    words: 'A condition entered in error must not have a clinical status',
    at: 'clinicalStatus',
    holds: (item) => !has(item, 'clinicalStatus') || !wrongCondition(item),
  },
]

const codings = (concept: unknown) => itemsIn(isItem(concept) ? concept['coding'] : undefined)
const key = ({ system, code }: Item) => `${textOf(system)}|${textOf(code)}`

/** The value belongs in the component, not in both, where a component has the code of the whole. */
function valueNotRepeated(item: Item): boolean {
  if (!hasChoice(item, 'value') || !Array.isArray(item['component'])) return true
  const own = new Set(codings(item['code']).map(key))
  return !itemsIn(item['component']).some(({ code }) => codings(code).some((coding) => own.has(key(coding))))
}

const observation: Rule[] = [
  {
    key: 'obs-6',
    words: 'An observation with a value must not say why it has none',
    at: 'dataAbsentReason',
    holds: (item) => !has(item, 'dataAbsentReason') || !hasChoice(item, 'value'),
  },
  {
    key: 'obs-7',
    words: 'An observation must not have a value beside a component with its own code',
    holds: valueNotRepeated,
  },
]

const appointment: Rule[] = [
  {
    key: 'app-2',
    words: 'An appointment needs both start and end, or neither',
    at: 'start',
    holds: (item) => has(item, 'start') === has(item, 'end'),
  },
  {
    key: 'app-3',
    words: 'Only proposed, cancelled and waiting-list appointments may lack their times',
    at: 'start',
    holds: (item) =>
      (has(item, 'start') && has(item, 'end')) ||
      ['proposed', 'cancelled', 'waitlist'].includes(item['status'] as string),
  },
  {
    key: 'app-4',
    words: 'Only a cancelled or missed appointment may say why it was cancelled',
    at: 'cancelationReason',
    holds: (item) =>
      !has(item, 'cancelationReason') || ['noshow', 'cancelled'].includes(item['status'] as string),
  },
]

const notHome = (name: string, rule: string, words: string): Rule => ({
  key: rule,
  words,
  at: name,
  holds: (item) => itemsIn(item[name]).every(({ use }) => use !== 'home'),
})

const list: Rule[] = [
  notBoth('lst-1', 'A list with entries must not say why it is empty', 'emptyReason', 'entry'),
  {
    key: 'lst-2',
    words: 'Only a list of changes may mark entries as deleted',
    holds: (item) =>
      item['mode'] === 'changes' || itemsIn(item['entry']).every((entry) => !has(entry, 'deleted')),
  },
  {
    key: 'lst-3',
    words: 'Only a working list may date its entries',
    holds: (item) =>
      item['mode'] === 'working' || itemsIn(item['entry']).every((entry) => !has(entry, 'date')),
  },
]

const question: Rule[] = [
  {
    key: 'que-1',
    words: 'A group of questions must hold items, and a display must hold none',
    at: 'item',
    holds: (item) =>
      (item['type'] !== 'group' || has(item, 'item')) && (item['type'] !== 'display' || !has(item, 'item')),
  },
  notBoth(
    'que-4',
    'A question has its own options or a value set, not both',
    'answerOption',
    'answerValueSet',
  ),
  notBoth('que-11', 'A question with options marks the initial one there', 'initial', 'answerOption'),
  {
    key: 'que-12',
    words: 'Several conditions need to say whether all or any must hold',
    at: 'enableBehavior',
    holds: (item) => itemsIn(item['enableWhen']).length < 3 || has(item, 'enableBehavior'),
  },
]

/** Rules of the resources a record of care is made of. */
export const clinicalRules: Rules = {
  AllergyIntolerance: allergy,
  Condition: condition,
  'Condition.stage': [oneOf('con-1', 'A stage needs a summary or an assessment', 'summary', 'assessment')],
  'Condition.evidence': [oneOf('con-2', 'Evidence needs a code or a detail', 'code', 'detail')],
  Observation: observation,
  'Observation.referenceRange': [
    oneOf('obs-3', 'A reference range needs a low end, a high end or text', 'low', 'high', 'text'),
  ],
  'CarePlan.activity': [
    notBoth('cpl-3', 'An activity has a detail or a reference, not both', 'detail', 'reference'),
  ],
  Appointment: appointment,
  'Appointment.participant': [oneOf('app-1', 'A participant needs a type or an actor', 'type', 'actor')],
  AppointmentResponse: [
    oneOf('apr-1', 'A response needs the type of participant or the actor', 'participantType', 'actor'),
  ],
  'AuditEvent.entity': [notBoth('sev-1', 'An entity has a name or a query, not both', 'name', 'query')],
  'Composition.section': [
    oneOf('cmp-1', 'A section needs text, entries or further sections', 'text', 'entry', 'section'),
    notBoth('cmp-2', 'A section with entries must not say why it is empty', 'emptyReason', 'entry'),
  ],
  Consent: [oneOf('ppc-1', 'A consent needs a policy or a policy rule', 'policy', 'policyRule')],
  FamilyMemberHistory: [
    {
      key: 'fhs-1',
      words: 'A relative has an age or a birth, not both',
      holds: (item) => !hasChoice(item, 'age') || !hasChoice(item, 'born'),
    },
    {
      key: 'fhs-2',
      words: 'Only an age can be estimated',
      at: 'estimatedAge',
      holds: (item) => hasChoice(item, 'age') || !has(item, 'estimatedAge'),
    },
  ],
  'Goal.target': [
    {
      key: 'gol-1',
      words: 'A target with a detail needs a measure',
      at: 'measure',
      holds: (item) => !hasChoice(item, 'detail') || has(item, 'measure'),
    },
  ],
  Group: [
    {
      key: 'grp-1',
      words: 'Only a group of actual people may list members',
      at: 'member',
      holds: (item) => !has(item, 'member') || item['actual'] === true,
    },
  ],
  'Immunization.education': [
    oneOf('imm-1', 'Education needs a document type or a reference', 'documentType', 'reference'),
  ],
  List: list,
  'MedicationAdministration.dosage': [
    {
      key: 'mad-1',
      words: 'A dosage needs a dose or a rate',
      holds: (item) => has(item, 'dose') || hasChoice(item, 'rate'),
    },
  ],
  MedicationDispense: [
    {
      key: 'mdd-1',
      words: 'A medicine must not be handed over before it was prepared',
      at: 'whenHandedOver',
      holds: ({ whenPrepared, whenHandedOver }) => inOrder(whenPrepared, whenHandedOver),
    },
  ],
  Organization: [
    oneOf('org-1', 'An organisation needs an identifier or a name', 'identifier', 'name'),
    notHome('address', 'org-2', 'An organisation has no home address'),
    notHome('telecom', 'org-3', 'An organisation has no home telephone or email'),
  ],
  'Patient.contact': [
    oneOf(
      'pat-1',
      'A contact needs a name, telecom, address or organisation',
      'name',
      'telecom',
      'address',
      'organization',
    ),
  ],
  'Questionnaire.item': question,
  'QuestionnaireResponse.item': [
    notBoth('qrs-1', 'An item holds answers or further items, not both', 'answer', 'item'),
  ],
  'RequestGroup.action': [
    {
      key: 'rqg-1',
      words: 'An action has a resource or further actions, and not both',
      holds: (item) => has(item, 'resource') !== has(item, 'action'),
    },
  ],
  ServiceRequest: [
    {
      key: 'prr-1',
      words: 'Order details need a code',
      at: 'code',
      holds: (item) => !has(item, 'orderDetail') || has(item, 'code'),
    },
  ],
}
