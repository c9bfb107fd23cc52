import { type Target, to } from "../../platform/navigate.ts";

/** The page that a message is about; null for one that this version of the app does not know. */
export function pageOf({ page, id }: { page: string; id: string }): Target | null {
  switch (page) {
    case "post":
    case "case":
    case "notice":
    case "ticket":
      return to(page, { id });
    case "verify":
      return to(page, { region: id });
    // Each lists what is there of every village.
    case "moderation":
    case "circle":
    case "family":
      return to(page);
    default:
      return null;
  }
}
