import { Button, Image, Text, View } from "@tarojs/components";
import Taro, { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { base } from "../../api";
import { alipayPhone, isAlipay, reason } from "../../platform";

export default function Device() {
  const { params } = useRouter();
  const [out, setOut] = useState("");
  const [image, setImage] = useState("");
  const [blob, setBlob] = useState("");
  /** Runs one device call and shows what came of it. */
  const run = (work: () => Promise<string>) => () => {
    setOut("…");
    work().then(setOut, (error) => setOut(`失败：${reason(error)}`));
  };
  const choose = async () => {
    const { tempFilePaths } = await Taro.chooseImage({ count: 1 });
    const first = tempFilePaths[0] ?? "";
    setImage(first);
    return first;
  };
  const upload = async () => {
    const { statusCode, data } = await Taro.uploadFile({
      url: `${base()}/upload`,
      filePath: await choose(),
      name: "photo",
      fileType: "image",
      formData: { note: "说明" },
    } as Taro.uploadFile.Option);
    return `${statusCode} ${data}`;
  };
  const open = async () => {
    const { tempFilePath } = await Taro.downloadFile({ url: `${base()}/paper.pdf` });
    await Taro.openDocument({ filePath: tempFilePath, fileType: "pdf" });
    return "打开了";
  };
  const store = async (bytes: number) => {
    const answer: unknown = Taro.setStorageSync("big", "x".repeat(bytes));
    if (typeof answer === "object" && answer !== null && (answer as { success?: boolean }).success === false)
      throw answer;
    return "存了";
  };
  const phone = isAlipay
    ? {
        openType: "getAuthorize",
        scope: "phoneNumber",
        onGetAuthorize: run(alipayPhone),
        onError: () => setOut("不给"),
      }
    : {
        openType: "getPhoneNumber",
        onGetPhoneNumber: (e: { detail: { code?: string; errMsg: string } }) => setOut(e.detail.code ?? "不给"),
      };
  return (
    <View className="page">
      <Text id="from">从 {params.a}</Text>
      <Text id="out">{out}</Text>
      <Text id="font">{(Taro.getSystemInfoSync() as { fontSizeSetting?: number }).fontSizeSetting}</Text>
      <Button id="upload" onClick={run(upload)}>
        上传
      </Button>
      <Button id="open" onClick={run(open)}>
        打开文件
      </Button>
      <Button
        id="copy"
        onClick={run(async () => {
          await Taro.setClipboardData({ data: "抄下的字" });
          return (await Taro.getClipboardData()).data;
        })}
      >
        复制
      </Button>
      <Button
        id="call"
        onClick={run(async () => {
          await Taro.makePhoneCall({ phoneNumber: "19900000001" });
          return "打了";
        })}
      >
        打电话
      </Button>
      <Button id="scan" onClick={run(async () => (await Taro.scanCode({})).result)}>
        扫码
      </Button>
      <Button
        id="preview"
        onClick={run(async () => {
          await Taro.previewImage({ urls: [`${base()}/a.png`], current: `${base()}/a.png` });
          return "看了";
        })}
      >
        看图
      </Button>
      <Button
        id="ask"
        onClick={run(async () =>
          JSON.stringify(await Taro.requestSubscribeMessage({ tmplIds: ["T1"], entityIds: ["T1"] })),
        )}
      >
        订阅
      </Button>
      <Button id="phone" {...(phone as object)}>
        用手机号
      </Button>
      <Button id="fits" onClick={run(() => store(100 * 1024))}>
        存得下
      </Button>
      <Button id="over" onClick={run(() => store(1100 * 1024))}>
        存不下
      </Button>
      <Button id="huge" onClick={() => setBlob("y".repeat(70 * 1024))}>
        大数据
      </Button>
      <Text id="blob">{blob.length}</Text>
      <View id="blobtext" data-blob={blob} />
      {image ? <Image id="image" src={image} /> : null}
    </View>
  );
}
