import { pick } from './pick.ts'

const FIRST_NAMES =
  'Ada Amara Aino Beatriz Bruno Carmen Chidi Daniela Diego Edith Emil Farah Felix Fiona Gustavo Hana Hector Ingrid Ivan Jamila Jonas Karin Kenji Laila Leo Lucia Magnus Mei Milan Nadia Noor Oscar Paula Priya Quentin Rashid Rosa Samuel Selma Stefan Tara Theo Uma Valeria Viktor Wanda Yara Yusuf Zoe'.split(
    ' ',
  )
const LAST_NAMES =
  'Abbott Andersen Banerjee Becker Brandt Castillo Chen Costa Dahl Diallo Eriksen Ferrari Fischer Garcia Haas Hughes Ibrahim Ito Jansen Kapoor Keller Kim Kovac Larsen Lopez Maier Mendes Mbeki Nakamura Nguyen Novak Okafor Olsen Park Pereira Quinn Rossi Saito Santos Schmidt Silva Solberg Tanaka Torres Ueda Varga Virtanen Weber Yilmaz Zhang'.split(
    ' ',
  )

export interface PersonName {
  readonly firstName: string
  readonly lastName: string
  readonly name: string
}

export function personOf(text: string): PersonName {
  const firstName = pick(FIRST_NAMES, `${text} first name`)
  const lastName = pick(LAST_NAMES, `${text} last name`)
  return { firstName, lastName, name: `${firstName} ${lastName}` }
}
