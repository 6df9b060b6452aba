import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

const paint = (style: Style) => (text: string) => styleText(style, text, { stream: process.stdout })

/** Colours, where standard output is a terminal that has them and NO_COLOR doesn't forbid. */
export const bold = paint('bold')
export const faint = paint('dim')
export const green = paint('green')
export const red = paint('red')
export const yellow = paint('yellow')
