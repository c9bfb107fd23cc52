import type { Editor } from "@tiptap/react";
import { isSafeHref } from "@weimenhu/domain/body";
import { Button, Modal } from "antd";
import { useState } from "react";
import { focusField } from "../../ui/focus.ts";

/** `example.com/x` was meant as an address of the web, `0990-1234567` as a telephone, `a@b.cn` as a mailbox. */
export function addressFrom(typed: string): string {
  const text = typed.trim();
  if (/^\+?\d[\d\s-]{3,18}\d$/.test(text)) return `tel:${text.replace(/[\s-]/g, "")}`;
  if (/^[^\s@:/]+@[^\s@:/]+\.[a-z]+$/i.test(text)) return `mailto:${text}`;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/|$)/i.test(text) ? `https://${text}` : text;
}

export function LinkDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const held: unknown = editor.getAttributes("link").href;
  const [typed, setTyped] = useState(typeof held === "string" ? held : "");
  const [fault, setFault] = useState(false);
  const finish = () => {
    const href = addressFrom(typed);
    if (!isSafeHref(href)) return setFault(true);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
    close();
  };
  return (
    <Modal
      open
      afterOpenChange={focusField}
      title="链接"
      onCancel={close}
      footer={
        <div className="line">
          {editor.isActive("link") ? (
            <Button
              danger
              onClick={() => {
                editor.chain().focus().extendMarkRange("link").unsetLink().run();
                close();
              }}
            >
              去掉链接
            </Button>
          ) : null}
          <Button type="primary" onClick={finish}>
            确定
          </Button>
        </div>
      }
    >
      <div className="stack">
        <label className="field">
          网址、电话号码或邮箱
          <input
            value={typed}
            maxLength={2000}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && finish()}
          />
        </label>
        {fault ? (
          <p role="alert" className="mark bad">
            看不懂这个地址。网址请像 https://www.example.gov.cn 这样填，电话只填数字
          </p>
        ) : null}
      </div>
    </Modal>
  );
}
