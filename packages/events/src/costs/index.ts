export { type FocusCharge } from './focusRow';
export { type FocusInput, translateFocus } from './translateFocus';
export { type OpencostInput, translateOpencost } from './translateOpencost';
