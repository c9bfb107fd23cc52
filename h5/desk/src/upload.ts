import { mediaLimits, type Stored } from "@weimenhu/contract/media";
import axios from "axios";
import { fileKey } from "./key.ts";
import { clientHeaders } from "./rpc.ts";

const pictures: readonly string[] = ["jpg", "png", "webp", "gif"];
const kinds: readonly string[] = mediaLimits.kinds;

/** What is wrong with a file before it is sent; null when it may go. */
export function fileProblem(file: { name: string; size: number }, only: "picture" | "any"): string | null {
  const ending = file.name.includes(".") ? (file.name.split(".").at(-1) ?? "").toLowerCase() : "";
  const kind = ending === "jpeg" ? "jpg" : ending;
  const isPicture = pictures.includes(kind);
  if (only === "picture" && !isPicture) return "请选择图片：jpg、png、webp 或 gif";
  if (!kinds.includes(kind)) return `不支持这种文件，可以用：${kinds.join("、")}`;
  if (file.size === 0) return "这个文件是空的";
  const most = isPicture ? mediaLimits.picture : mediaLimits.file;
  return file.size > most ? `文件太大：${isPicture ? "图片不超过 10 MB" : "附件不超过 20 MB"}` : null;
}

/** Sends one file; the same file sent again has the same key. `onPart` is told sent and whole bytes. */
export async function upload(file: File, onPart: (sent: number, whole: number) => void): Promise<Stored> {
  const form = new FormData();
  // The server reads the fields in order: the key has to be known when the file comes.
  form.append("key", fileKey(file));
  form.append("file", file, file.name);
  const answer = await axios.post<Stored>("/media", form, {
    headers: clientHeaders(),
    timeout: 120_000,
    onUploadProgress: (event) => onPart(event.loaded, event.total ?? file.size),
  });
  return answer.data;
}

export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
