/** Ofcom keeps these ranges for drama: they ring nowhere. */
export const landline = (n: number) => `01632 960${String(n % 1000).padStart(3, '0')}`
export const mobile = (n: number) => `07700 900${String(n % 1000).padStart(3, '0')}`
