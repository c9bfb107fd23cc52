import type { Out } from "../rpc.ts";

type Photo = Out<"circle.get">["photos"][number];

/** Small pictures; each opens large in a tab of its own. */
export function Photos({ photos, label }: { photos: readonly Photo[]; label: string }) {
  if (photos.length === 0) return null;
  return (
    <ul className="case-photos" aria-label={label}>
      {photos.map((photo, i) => (
        <li key={photo.url}>
          <a href={photo.url} target="_blank" rel="noreferrer" aria-label={`${label} ${i + 1}，看大图`}>
            <img src={photo.small} alt="" />
          </a>
        </li>
      ))}
    </ul>
  );
}
