import type { Stored } from "@weimenhu/contract/media";
import { Alert, Button, Progress } from "antd";
import { useRef, useState } from "react";
import { queries } from "../query.ts";
import { isLockedOut, refusedOf } from "../refused.ts";
import { fileProblem, sizeWords, upload } from "../upload.ts";

type State =
  | { is: "idle" }
  | { is: "going"; name: string; sent: number; whole: number }
  | { is: "failed"; file: File; why: string; again: boolean };

/** One file at a time; after a lost network the same file goes again under its key. */
export function useUpload(only: "picture" | "any", onStored: (stored: Stored) => void) {
  const [state, setState] = useState<State>({ is: "idle" });
  // The list may have changed while the file was on its way.
  const done = useRef(onStored);
  done.current = onStored;
  const run = async (file: File) => {
    setState({ is: "going", name: file.name, sent: 0, whole: file.size });
    try {
      const stored = await upload(file, (sent, whole) => setState({ is: "going", name: file.name, sent, whole }));
      setState({ is: "idle" });
      done.current(stored);
    } catch (error) {
      if (isLockedOut(error)) void queries.invalidateQueries({ queryKey: ["account.me"] });
      setState({ is: "failed", file, why: refusedOf(error).zh, again: true });
    }
  };
  return {
    state,
    busy: state.is === "going",
    start: (file: File) => {
      const why = fileProblem(file, only);
      if (why) setState({ is: "failed", file, why, again: false });
      else void run(file);
    },
    clear: () => setState({ is: "idle" }),
  };
}

export function UploadState({ uploading }: { uploading: ReturnType<typeof useUpload> }) {
  const { state } = uploading;
  if (state.is === "idle") return null;
  if (state.is === "going") {
    const percent = state.whole === 0 ? 0 : Math.floor((state.sent / state.whole) * 100);
    return (
      <div role="status">
        <p className="hint">
          正在上传 {state.name}：{sizeWords(state.sent)} / {sizeWords(state.whole)}
        </p>
        <Progress percent={percent} aria-label={`上传进度 ${percent}%`} />
      </div>
    );
  }
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={`${state.file.name}：${state.why}`}
      action={
        state.again ? (
          <Button onClick={() => uploading.start(state.file)}>重试</Button>
        ) : (
          <Button onClick={uploading.clear}>知道了</Button>
        )
      }
    />
  );
}
