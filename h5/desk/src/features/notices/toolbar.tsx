import {
  BlockOutlined,
  BoldOutlined,
  ItalicOutlined,
  LineOutlined,
  LinkOutlined,
  OrderedListOutlined,
  PictureOutlined,
  RedoOutlined,
  TableOutlined,
  UndoOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
import { type Editor, useEditorState } from "@tiptap/react";
import { type KeyboardEvent, type ReactNode, useRef } from "react";

type Tool = {
  key: string;
  label: string;
  /** What stands under the icon; the label where there is none. */
  word?: string;
  icon: ReactNode | null;
  run: () => void;
  pressed?: boolean;
  disabled?: boolean;
};

function toolsOf(editor: Editor, openLink: () => void, openPicture: () => void) {
  const at = () => editor.chain().focus();
  const style = (key: string, label: string, icon: ReactNode, run: () => void, ...is: [string, object?]): Tool => ({
    key,
    label,
    icon,
    run,
    pressed: editor.isActive(...is),
  });
  const heading = (level: 1 | 2 | 3, label: string): Tool =>
    style(`h${level}`, label, label.slice(0, 1), () => at().toggleHeading({ level }).run(), "heading", { level });
  const plain: Tool[] = [
    heading(1, "大标题"),
    heading(2, "中标题"),
    heading(3, "小标题"),
    style("bold", "加粗", <BoldOutlined />, () => at().toggleBold().run(), "bold"),
    style("italic", "斜体", <ItalicOutlined />, () => at().toggleItalic().run(), "italic"),
    style("ul", "列表", <UnorderedListOutlined />, () => at().toggleBulletList().run(), "bulletList"),
    style("ol", "编号列表", <OrderedListOutlined />, () => at().toggleOrderedList().run(), "orderedList"),
    style("quote", "引用", <BlockOutlined />, () => at().toggleBlockquote().run(), "blockquote"),
    style("link", "链接", <LinkOutlined />, openLink, "link"),
    { key: "picture", label: "图片", icon: <PictureOutlined />, run: openPicture },
    {
      key: "table",
      label: "插入表格",
      word: "表格",
      icon: <TableOutlined />,
      run: () => at().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
      disabled: editor.isActive("table"),
    },
    { key: "hr", label: "分隔线", icon: <LineOutlined />, run: () => at().setHorizontalRule().run() },
    {
      key: "undo",
      label: "撤销",
      icon: <UndoOutlined />,
      run: () => at().undo().run(),
      disabled: !editor.can().undo(),
    },
    {
      key: "redo",
      label: "恢复",
      icon: <RedoOutlined />,
      run: () => at().redo().run(),
      disabled: !editor.can().redo(),
    },
  ];
  const inTable: Tool[] = [
    { key: "row", label: "加一行", icon: null, run: () => at().addRowAfter().run() },
    { key: "col", label: "加一列", icon: null, run: () => at().addColumnAfter().run() },
    { key: "-row", label: "删这行", icon: null, run: () => at().deleteRow().run() },
    { key: "-col", label: "删这列", icon: null, run: () => at().deleteColumn().run() },
    { key: "head", label: "表头行", icon: null, run: () => at().toggleHeaderRow().run() },
    { key: "merge", label: "合并或拆开格子", word: "合并或拆开", icon: null, run: () => at().mergeOrSplit().run() },
    { key: "-table", label: "删除表格", icon: null, run: () => at().deleteTable().run() },
  ];
  return editor.isActive("table") ? [...plain, ...inTable] : plain;
}

type ToolbarProps = { editor: Editor; openLink: () => void; openPicture: () => void };
/** One stop for the tab key; the arrows move inside. */
export function Toolbar({ editor, openLink, openPicture }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const tools = useEditorState({
    editor,
    selector: () => toolsOf(editor, openLink, openPicture),
    equalityFn: (a, b) => marksOf(a) === marksOf(b),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0 || !bar.current) return;
    event.preventDefault();
    const buttons = Array.from(bar.current.querySelectorAll("button:not(:disabled)"));
    const here = document.activeElement ? buttons.indexOf(document.activeElement) : 0;
    const next = buttons[(here + step + buttons.length) % buttons.length];
    if (next instanceof HTMLElement) next.focus();
  };
  return (
    <div className="toolbar" role="toolbar" aria-label="排版" ref={bar} onKeyDown={onKeyDown}>
      {tools.map((tool, i) => (
        <button
          key={tool.key}
          type="button"
          aria-label={tool.label}
          aria-pressed={tool.pressed}
          disabled={tool.disabled}
          tabIndex={i === 0 ? 0 : -1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={tool.run}
        >
          {tool.icon === null ? null : (
            <span className="tool-icon" aria-hidden>
              {tool.icon}
            </span>
          )}
          <span className="tool-word">{tool.word ?? tool.label}</span>
        </button>
      ))}
    </div>
  );
}

const marksOf = (tools: Tool[] | null): string =>
  (tools ?? []).map((tool) => `${tool.key}${tool.pressed ? "+" : ""}${tool.disabled ? "-" : ""}`).join();
