/** Knows whether anything is going on, so that tests wait for quiet instead of for a time. */
export class Activity {
  #running = 0;
  #last = performance.now();

  /** Something started; call the answer once when it ended. */
  begin(): () => void {
    this.#running++;
    this.touch();
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#running--;
      this.touch();
    };
  }
  /** Of something that goes on: it waits for the person, and until they answer nothing goes on. */
  async pause<T>(answer: Promise<T>): Promise<T> {
    this.#running--;
    try {
      return await answer;
    } finally {
      this.#running++;
      this.touch();
    }
  }
  touch(): void {
    this.#last = performance.now();
  }
  /** Nothing runs, and nothing has happened for that long. */
  quiet(milliseconds: number): boolean {
    return this.#running === 0 && performance.now() - this.#last >= milliseconds;
  }
}
