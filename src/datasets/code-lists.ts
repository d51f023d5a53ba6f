import type { CodeList } from './schema.ts'

/** As the NHS data dictionary numbers a person's stated gender, and the words that spreadsheets carry. */
export const gender: CodeList = {
  name: 'Gender',
  codes: { '1': 'Male', '2': 'Female', '9': 'Indeterminate', X: 'Not known' },
}

export const clientType: CodeList = {
  name: 'Client type',
  codes: {
    // house allows words: the set’s own term, which its files carry
    SU: 'Service user',
    CA: 'Carer',
    CN: 'Carer known by association',
  },
}

export const eventType: CodeList = {
  name: 'Event type',
  codes: { REQ: 'Request', ASM: 'Assessment', SER: 'Service', REV: 'Review' },
}

export const serviceType: CodeList = {
  name: 'Service type',
  codes: {
    'LT-NUR': 'Long term support: nursing care',
    'LT-RES': 'Long term support: residential care',
    'LT-COM': 'Long term support: community',
    'LT-PRI': 'Long term support: prison',
    'ST-MAX': 'Short term support: to maximise independence',
    'ST-LOW': 'Short term support: ongoing low level',
    'ST-OTH': 'Short term support: other',
    CARER: 'Carer support',
  },
}

export const supportReason: CodeList = {
  name: 'Primary support reason',
  codes: {
    'PHY-ACC': 'Physical support: access and mobility only',
    'PHY-CARE': 'Physical support: personal care support',
    'SEN-VIS': 'Sensory support: visual impairment',
    'SEN-HEA': 'Sensory support: hearing impairment',
    'SEN-DUAL': 'Sensory support: dual impairment',
    MEM: 'Support with memory and cognition',
    LD: 'Learning disability support',
    MH: 'Mental health support',
    'SOC-SUB': 'Social support: substance misuse',
    'SOC-ISO': 'Social support: social isolation and other',
    'SOC-CARER': 'Social support: support to carer',
  },
}

export const stay: CodeList = {
  name: 'Stay',
  codes: { P: 'Permanent', R: 'Respite', I: 'Intermediate care' },
}

export const sendStage: CodeList = {
  name: 'SEND stage',
  codes: {
    S: 'SEN support',
    R: 'Assessment for a plan requested',
    A: 'Assessment for a plan under way',
    E: 'Education, health and care plan',
  },
}

export const sendNeed: CodeList = {
  name: 'Primary need',
  codes: {
    SPLD: 'Specific learning difficulty',
    MLD: 'Moderate learning difficulty',
    SLD: 'Severe learning difficulty',
    PMLD: 'Profound and multiple learning difficulty',
    SEMH: 'Social, emotional and mental health',
    SLCN: 'Speech, language and communication',
    HI: 'Hearing impairment',
    VI: 'Visual impairment',
    MSI: 'Multi-sensory impairment',
    PD: 'Physical disability',
    ASD: 'Autistic spectrum disorder',
    OTH: 'Other',
  },
}

export const hospiceSetting: CodeList = {
  name: 'Setting',
  codes: { C: 'At home', I: 'Inpatient unit', D: 'Day services' },
}

export const preferredPlace: CodeList = {
  name: 'Preferred place of care',
  codes: {
    HOME: 'Own home',
    CARE: 'Care home',
    HOSPICE: 'Hospice',
    HOSPITAL: 'Hospital',
    NONE: 'Not decided',
  },
}
