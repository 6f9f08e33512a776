/** Small run-time checks that also teach the compiler. No dependencies. */

/** Exhaustiveness: a value that the types say cannot exist. */
export function assertNever(value: never, what = "value"): never {
  throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`);
}

/** Narrows away null and undefined; `what` names the thing in the error. */
export function assertPresent<T>(value: T, what: string): NonNullable<T> {
  if (value === null || value === undefined) throw new Error(`${what} is missing`);
  return value;
}
