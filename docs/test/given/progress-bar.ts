export const progressBar = {
  /** @param fraction - 0 to 1 */
  set(fraction: number) {
    if (!(fraction >= 0 && fraction <= 1)) throw new RangeError(`${fraction} is no fraction`);
  },
};
