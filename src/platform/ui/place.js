// Starts the design system's components. Everything works without this file.
import { initAll } from './nhsuk.js'

const supported = (body) => body.classList.add('js-enabled', 'nhsuk-frontend-supported')

supported(document.body)
initAll()

// When Turbo is on a page it swaps the body, and the new one has yet to be started.
document.addEventListener('turbo:before-render', (event) => supported(event.detail.newBody))
document.addEventListener('turbo:render', () => initAll())
document.addEventListener('turbo:frame-load', (event) => initAll({ scope: event.target }))
