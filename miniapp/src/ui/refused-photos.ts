/** Which of so many photos a checker did not pass; null when it was not for a photo. */
export const refusedPhotos = (of: number, which: readonly number[] = []): string | null =>
  which.length === 0 ? null : `${of > 1 ? `第 ${which.join("、")} 张` : ""}照片没有通过自动审核`;
