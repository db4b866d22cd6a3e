/** The places where a day begins last are twelve hours behind UTC (`Etc/GMT+12`). */
const LAST_PLACE_OFFSET_MS = -12 * 60 * 60 * 1000;

/**
 * Whether somebody has reached an age wherever they are. Nothing tells in which time zone they live, so a birthday counts from when it has begun
 * everywhere: nobody is called of age a moment too early, and at most a day late. Who was born on the 29th of February has the birthday on the 1st
 * of March in other years.
 * @param born `YYYY-MM-DD`
 */
export function hasReached(years: number, born: string, now = new Date()): boolean {
  const today = new Date(now.getTime() + LAST_PLACE_OFFSET_MS).toISOString().slice(0, 10);
  const [birthYear = 0, year = 0] = [born, today].map((date) => Number(date.slice(0, 4)));
  const hadBirthday = today.slice(4) >= born.slice(4);
  return year - birthYear - (hadBirthday ? 0 : 1) >= years;
}
