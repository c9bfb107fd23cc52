import Taro from "@tarojs/taro";
import type { Stored } from "@weimenhu/contract/media";
import { addressOf } from "./env.ts";
import { shrunk } from "./shrink.ts";
import { watchStall } from "./stall.ts";

/** A picture that was chosen and waits to be sent. `show` is what an image element can draw. */
export type Picked = { name: string; bytes: number; show: string; file: File | null };
export type Progress = (sent: number, total: number) => void;

/** Why there are none: the person changed their mind, the phone keeps its photos from the app, or the privacy text was refused. */
export type NotPicked = "cancelled" | "no-permission" | "no-consent";

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Reads what the platform said: Alipay by number, WeChat by words (and a number for the privacy text). */
export function whyNotPicked(fault: unknown): NotPicked {
  const record = isRecord(fault) ? fault : {};
  const said = [record.errMsg, record.errorMessage, record.message]
    .filter((words) => typeof words === "string")
    .join(" ");
  if (record.errno === 103 || record.errno === 104 || /privacy/i.test(said)) return "no-consent";
  return record.error === 11 || /cancel|取消/i.test(said) ? "cancelled" : "no-permission";
}

/**
 * Lets the person choose photos (camera or album). A browser tells nothing but that none was chosen, and knows no limit: what
 * is more than `most` comes along as it was chosen, unshrunk, to be counted.
 */
export async function pickPictures(most: number): Promise<Picked[] | NotPicked> {
  if (PLATFORM === "h5") {
    return pickOnWeb(most);
  } else {
    try {
      const chosen = await Taro.chooseImage({
        count: most,
        sizeType: ["compressed"],
        sourceType: ["album", "camera"],
      });
      const files = chosen.tempFiles ?? [];
      return chosen.tempFilePaths.map((path, i) => ({
        name: path.split("/").pop() ?? "photo.jpg",
        bytes: files[i]?.size ?? 0,
        show: path,
        file: null,
      }));
    } catch (error) {
      return whyNotPicked(error);
    }
  }
}

function pickOnWeb(most: number): Promise<Picked[]> {
  return new Promise((resolve, reject) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/jpeg,image/png,image/webp,image/gif";
    input.multiple = most > 1;
    input.addEventListener("cancel", () => resolve([]));
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      Promise.all(files.map((file, i) => (i < most ? shrunk(file) : Promise.resolve(file)))).then(
        (light) =>
          resolve(light.map((file) => ({ name: file.name, bytes: file.size, show: URL.createObjectURL(file), file }))),
        reject,
      );
    });
    input.click();
  });
}

/** A transfer that moves may take so long, on the slowest network. */
const longestMs = 300_000;

type Sent = { status: number; text: string };

/** A transfer on its way: what came of it, and how to stop it. */
export type Sending = { sent: Promise<Sent>; stop: () => void };

/** Sends one picture to `POST /media`. The key makes a second try harmless. The answer's text is read by the caller. */
export function sendPicture(
  picked: Picked,
  key: string,
  headers: Record<string, string>,
  onProgress: Progress,
): Sending {
  const url = addressOf("/media");
  let stop = (): void => undefined;
  const sent = new Promise<Sent>((resolve, reject) => {
    const way: Way = { url, key, headers, onProgress, resolve, reject };
    let abort = (): void => undefined;
    if (PLATFORM === "h5") {
      if (picked.file) abort = sendOnWeb(picked.file, way);
      else reject(new Error("upload:fail the file is gone"));
    } else {
      abort = sendOnPhone(picked.show, way);
    }
    // Not every platform tells that it stopped.
    stop = () => {
      abort();
      reject(new Error("upload:fail stopped"));
    };
  });
  return { sent, stop };
}

type Way = {
  url: string;
  key: string;
  headers: Record<string, string>;
  onProgress: Progress;
  resolve: (sent: Sent) => void;
  reject: (error: Error) => void;
};

/** Both answer with the way to stop. */
function sendOnPhone(filePath: string, way: Way): () => void {
  if (PLATFORM === "h5") {
    way.reject(new Error("upload:fail not on the site"));
    return () => undefined;
  } else {
    const { url, key, headers, onProgress, resolve, reject } = way;
    const abort = () => task.abort?.();
    const watch = watchStall(() => {
      reject(new Error("upload:timeout"));
      abort();
    });
    const task = Taro.uploadFile({
      url,
      filePath,
      name: "file",
      // Alipay's own name for the kind of file; WeChat does not know it and does not mind.
      ...{ fileType: "image" },
      formData: { key },
      header: headers,
      timeout: longestMs,
      success: (answer) => resolve({ status: answer.statusCode, text: String(answer.data) }),
      fail: (fault) => reject(new Error(fault.errMsg ?? "upload:fail")),
      complete: watch.end,
    });
    // Taro also gives a promise for the same outcome; `fail` has told it already.
    task.catch?.(() => undefined);
    task.progress?.(({ totalBytesSent, totalBytesExpectedToSend }) => {
      watch.moved();
      onProgress(totalBytesSent, totalBytesExpectedToSend);
    });
    return () => {
      watch.end();
      abort();
    };
  }
}

function sendOnWeb(file: File, { url, key, headers, onProgress, resolve, reject }: Way): () => void {
  const form = new FormData();
  form.append("key", key);
  form.append("file", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", url);
  request.timeout = longestMs;
  const watch = watchStall(() => {
    reject(new Error("upload:timeout"));
    request.abort();
  });
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.upload.onprogress = (event) => {
    watch.moved();
    onProgress(event.loaded, event.total);
  };
  request.onloadend = watch.end;
  request.onload = () => resolve({ status: request.status, text: request.responseText });
  request.onerror = () => reject(new Error("upload:fail"));
  request.ontimeout = () => reject(new Error("upload:timeout"));
  request.send(form);
  return () => request.abort();
}

export type { Stored };
