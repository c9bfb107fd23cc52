/** So many exchanges go at once; the others stand in line, first come first served. */
export class Lanes {
  readonly #most: number;
  #busy = 0;
  #line: Array<() => void> = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** `turn` is there when all lanes are taken, and resolves when one is free. Call `leave` at the end, or when giving up. */
  enter(): { turn: Promise<void> | undefined; leave: () => void } {
    let go = () => {};
    let left = false;
    const free = this.#busy < this.#most;
    if (free) this.#busy++;
    const turn = free ? undefined : new Promise<void>((resolve) => (go = resolve));
    if (!free) this.#line.push(go);
    const leave = () => {
      if (left) return;
      left = true;
      const place = this.#line.indexOf(go);
      if (place >= 0) {
        this.#line.splice(place, 1);
        return;
      }
      const next = this.#line.shift();
      // The lane goes from hand to hand: nobody can slip in between.
      if (next) next();
      else this.#busy--;
    };
    return { turn, leave };
  }
}
