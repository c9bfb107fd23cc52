import { Button, Modal } from "antd";
import { now, timeWords } from "../../clock.ts";
import { Compare } from "./compare.tsx";
import type { Notice, Words } from "./draft.ts";
import { versionLines } from "./versions.tsx";

type ConflictProps = {
  mine: Words;
  theirs: Notice;
  saving: boolean;
  keepMine: () => void;
  takeTheirs: () => void;
  later: () => void;
};
/** Somebody saved a newer version meanwhile: both are shown, and nothing is lost before a choice is made. */
export function Conflict({ mine, theirs, saving, keepMine, takeTheirs, later }: ConflictProps) {
  const category = mine.category === "" ? theirs.category : mine.category;
  return (
    <Modal
      open
      width={960}
      title="别处刚刚保存过更新的一版"
      onCancel={later}
      footer={
        <div className="line">
          <Button onClick={later}>先不决定，继续写</Button>
          <Button danger onClick={takeTheirs}>
            放弃我的，用那一版
          </Button>
          <Button type="primary" loading={saving} onClick={keepMine}>
            保存我的为新的一版
          </Button>
        </div>
      }
    >
      <div className="stack">
        <p>
          第 {theirs.version} 版在 {timeWords(theirs.changedAt, now())} 保存。两版都会留在版本记录里。
        </p>
        <Compare
          before={versionLines(theirs)}
          after={versionLines({ ...mine, category })}
          names={[`第 ${theirs.version} 版`, "我正在写的"]}
        />
      </div>
    </Modal>
  );
}
