import type { AppRegistration } from './apps.ts'

/** What an app asks for, while its practitioner is asked about it. */
export type Asked = {
  app: AppRegistration
  /** The practitioner who signed in to be asked. */
  practitioner: string
  scopes: readonly string[]
  /** The handle with which the record opened it; none where it was opened by itself. */
  launch: string | undefined
}

/** What an app is told with its token: whom it was opened about. */
export type LaunchContext = { patient?: string; encounter?: string; need_patient_banner?: boolean }

/**
 * The issuer's side of asking a practitioner whether an app may. The built-in issuer has one; with an issuer of the place's own there is
 * none, since that one asks by itself.
 */
export type AppDesk = {
  asked(id: string): Promise<Asked | undefined>
  /** Each says where the browser goes on. */
  allow(id: string, context: LaunchContext): Promise<string>
  refuse(id: string): Promise<string>
}
