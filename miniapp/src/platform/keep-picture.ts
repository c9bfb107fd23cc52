import Taro from "@tarojs/taro";
import type { Picked } from "./pictures.ts";
import { phoneStore } from "./store.ts";

/**
 * Chosen photos, kept until they are sent: a phone forgets what its album handed over when the app ends, a browser when the
 * page does. Each has its owner, so that leaving takes them away.
 */
type Kept = { ref: string; of: string };
const listKey = "kept-pictures";

const isKept = (value: unknown): value is Kept =>
  typeof value === "object" && value !== null && "ref" in value && "of" in value;

function list(): Kept[] {
  const found = phoneStore.get(listKey);
  return Array.isArray(found) ? found.filter(isKept) : [];
}

function keepList(all: Kept[]): void {
  if (all.length === 0) phoneStore.remove(listKey);
  else phoneStore.set(listKey, all);
}

/** Keeps a picture and says under which name; null where nothing can be kept (no room, private window). */
export async function keepPicture(picked: Picked, key: string, of: string): Promise<string | null> {
  try {
    const ref = await store(picked, key);
    keepList([...list(), { ref, of }]);
    return ref;
  } catch (error) {
    console.warn("a photo cannot be kept on this phone", error);
    return null;
  }
}

/** The picture that was kept; null when it is gone. */
export async function keptPicture(ref: string, name: string, bytes: number): Promise<Picked | null> {
  try {
    return await load(ref, name, bytes);
  } catch (error) {
    console.warn("a kept photo is gone", error);
    return null;
  }
}

/** Takes away this person's pictures but for `still`. */
export const dropPictures = (of: string | null, still: readonly string[] = []): void =>
  drop((one) => one.of === of && !still.includes(one.ref));

/** Takes away pictures that were sent, or are not wanted any more. */
export const dropThese = (refs: readonly string[]): void => drop(({ ref }) => refs.includes(ref));

function drop(isGone: (one: Kept) => boolean): void {
  const all = list();
  const gone = all.filter(isGone);
  if (gone.length === 0) return;
  keepList(all.filter((one) => !gone.includes(one)));
  for (const { ref } of gone) remove(ref).catch((error: unknown) => console.warn("a kept photo stays", error));
}

function store(picked: Picked, key: string): Promise<string> {
  if (PLATFORM === "h5") {
    const { file } = picked;
    if (!file) return Promise.reject(new Error("the file is gone"));
    return onShelf("readwrite", (shelf) => shelf.put(file, key)).then(() => key);
  } else if (PLATFORM === "alipay") {
    return Taro.saveFile({ tempFilePath: picked.show }).then((saved) => savedPath(saved));
  } else {
    return new Promise((resolve, reject) => {
      Taro.getFileSystemManager().saveFile({
        tempFilePath: picked.show,
        success: (saved) => resolve(savedPath(saved)),
        fail: ({ errMsg }) => reject(new Error(errMsg)),
      });
    });
  }
}

function savedPath(saved: unknown): string {
  if (typeof saved === "object" && saved !== null && "savedFilePath" in saved) return String(saved.savedFilePath);
  throw new Error("saveFile:fail no path");
}

async function load(ref: string, name: string, bytes: number): Promise<Picked | null> {
  if (PLATFORM === "h5") {
    const file = await onShelf("readonly", (shelf) => shelf.get(ref));
    return file instanceof File ? { name, bytes: file.size, show: URL.createObjectURL(file), file } : null;
  } else {
    // The phone may have cleared it away. Sent all the same, it would look like a network that fails.
    await there(ref);
    return { name, bytes, show: ref, file: null };
  }
}

/** Rejects when no file stands there any more. */
function there(path: string): Promise<unknown> {
  if (PLATFORM === "alipay") return Taro.getFileInfo({ filePath: path });
  return new Promise((resolve, reject) => {
    const fail = ({ errMsg }: { errMsg: string }) => reject(new Error(errMsg));
    Taro.getFileSystemManager().access({ path, success: resolve, fail });
  });
}

function remove(ref: string): Promise<unknown> {
  if (PLATFORM === "h5") {
    return onShelf("readwrite", (shelf) => shelf.delete(ref));
  } else if (PLATFORM === "alipay") {
    return Taro.removeSavedFile({ filePath: ref });
  } else {
    return new Promise((resolve, reject) => {
      const fail = ({ errMsg }: { errMsg: string }) => reject(new Error(errMsg));
      Taro.getFileSystemManager().removeSavedFile({ filePath: ref, success: resolve, fail });
    });
  }
}

/** One request to the browser's own store of files. */
function onShelf(mode: IDBTransactionMode, work: (shelf: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("kept-pictures", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("pictures");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const task = database.transaction("pictures", mode);
      const request = work(task.objectStore("pictures"));
      const end = (then: () => void) => () => {
        database.close();
        then();
      };
      task.oncomplete = end(() => resolve(request.result));
      task.onabort = end(() => reject(task.error));
    };
  });
}
