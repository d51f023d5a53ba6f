import { PageShell, renderPage, Tag } from '../platform/ui/index.ts'
import type { Place } from './place.ts'

type Choice = { id: string; name: string; role: string; team: string; where: string }

/** The demonstration's sign-in page: one button for each of the invented staff. */
export const staffChooser =
  (place: Place) =>
  (choices: Choice[], action: string): string =>
    renderPage(
      <PageShell heading="Choose who to sign in as" place={{ name: place.headerName }}>
        <h1 class="nhsuk-heading-l">Choose who to sign in as</h1>
        <p>
          <Tag colour="yellow">Demonstration</Tag> These practitioners are invented, and so is everyone in the
          records. There is no password.
        </p>
        <form method="post" action={action}>
          <ul class="nhsuk-list gt-staff">
            {choices.map((choice) => (
              <li class="gt-staff__item">
                <button type="submit" name="staff" value={choice.id} class="gt-staff__button">
                  <strong>{choice.role}</strong>
                  <span>{choice.name}</span>
                  <span class="gt-staff__team">
                    {choice.team}, {choice.where}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </form>
      </PageShell>,
    )
