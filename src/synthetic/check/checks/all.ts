import type { Check } from '../check.ts'
import { ambulanceService } from './ambulance.ts'
import { community } from './community.ts'
import { death } from './death.ts'
import { homes } from './homes.ts'
import { illness } from './illness.ts'
import { leaving } from './leaving.ts'
import { mentalHealth } from './mental-health.ts'
import { births, planned } from './planned.ts'
import { population } from './population.ts'
import { practice } from './practice.ts'
import { risks } from './risks.ts'
import { coordination, socialCare } from './social-care.ts'
import { spend } from './spend.ts'
import { emergencyDepartment } from './urgent-care.ts'
import { wards } from './wards.ts'
import { wholeness } from './wholeness.ts'

export const CHECKS: readonly Check[] = [
  ...population,
  ...homes,
  ...risks,
  ...illness,
  ...births,
  ...death,
  ...practice,
  ...emergencyDepartment,
  ...ambulanceService,
  ...wards,
  ...leaving,
  ...planned,
  ...community,
  ...mentalHealth,
  ...coordination,
  ...socialCare,
  ...spend,
  ...wholeness,
]
