import Type from 'typebox'

/** A stable name of the policy document. */
export const KeySchema = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,62}$' })

/** An organization's short name, as in `--org nordwind`. */
export const SlugSchema = Type.String({ pattern: '^[a-z][a-z0-9-]{0,49}$' })

/** An address; compared after folding. */
export const EmailSchema = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' })

/** A text in one language for all, or per language tag. */
export const TextSchema = Type.Union([Type.String(), Type.Record(Type.String(), Type.String())])

/** Nothing but the fact that it was done. */
export const DoneSchema = Type.Object({ done: Type.Literal(true) })
