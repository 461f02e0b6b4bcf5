/**
 * One line of text that shows as what it is: no control characters or line breaks, no half of a surrogate pair, none of
 * the marks that turn the direction of what follows (a name must not rewrite the line of the log it stands in).
 */
export const oneLine = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u
export const oneLineMessage = 'One line of text, without control characters.'
