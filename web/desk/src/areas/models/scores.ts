// How well a model does, in numbers that a person can read, and whether one does better than another or only by chance.
import type { Schemas } from '../../api/client';

export type Model = Schemas['Model'];

// Enough of the digest to tell two models apart when one reads it to a colleague.
export const shortVersion = (version: string): string => version.slice(0, 8);

// Of a hundred; a tenth more where whole numbers would hide the difference.
export const ofHundred = (share: number): number => Math.round(share * 1000) / 10;

// Another batch of as many cases would have given a share between these, nineteen times in twenty (Wilson's interval: it stays
// within 0 and 100 and is honest with few cases).
export function between(share: number, tried: number): { low: number; high: number } | null {
  if (tried === 0) return null;
  const z = 1.96;
  const middle = (share + z ** 2 / (2 * tried)) / (1 + z ** 2 / tried);
  const half =
    (z * Math.sqrt((share * (1 - share)) / tried + z ** 2 / (4 * tried ** 2))) / (1 + z ** 2 / tried);
  return { low: Math.floor((middle - half) * 100), high: Math.ceil((middle + half) * 100) };
}

export type Verdict = 'better' | 'worse' | 'no_difference' | 'unknown';

// Is what the other gets right a difference, or may it be chance? Counted as if both had been tried on different cases, which
// asks for more than is needed when they were the same.
export function verdict(candidate: Model, inUse: Model): Verdict {
  if (candidate.tried === 0 || inUse.tried === 0) return 'unknown';
  const spread = ({ accuracy, tried }: Model) => (accuracy * (1 - accuracy)) / tried;
  const difference = candidate.accuracy - inUse.accuracy;
  if (Math.abs(difference) <= 1.96 * Math.sqrt(spread(candidate) + spread(inUse))) return 'no_difference';
  return difference > 0 ? 'better' : 'worse';
}
