// ln 2 for argument reduction. Printed by tools/golden/elementary-coefficients.py.

/** The leading 40 bits of ln 2, rounded down: a product with a whole number of at most 13 bits is exact. */
export const LN2_HIGH = 0.6931471805592082

/** ln 2 - LN2_HIGH. */
export const LN2_LOW = 7.371002565167799e-13
