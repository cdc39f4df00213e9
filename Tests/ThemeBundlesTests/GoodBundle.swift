/// A bundle with something of everything and no fault, to be broken in one place at a time.
enum GoodBundle {
    static let theme = """
        id: good
        title: 好事
        version: 1.0.0
        summary: 一件{{次数}}次办好的事。
        audience: person
        lead: 卫健
        words: [好事]
        parameters:
          - {id: 时限, title: 登记时限, kind: limit, default: 2wd, confidence: C}
          - {id: 工本费, title: 工本费, kind: money, default: "20.00", confidence: B}
          - {id: 次数, title: 次数, kind: int, default: 1, confidence: A}
        promise:
          - {when: {加急: 否}, limit: 8wd}
          - {limit: 5wd}
        licences: [户口簿]
        questions:
          - {id: 情形, title: 哪一种？, options: [甲, 乙, 丙]}
          - {id: 加急, title: 加急吗？, options: [是, 否], when: {not: {情形: 丙}}}
          - {id: 配偶, title: 有配偶吗？, options: [是, 否], when: {not: {情形: 丙}}}
        outcomes:
          - {when: {情形: 丙}, title: 另走渠道, text: 请到窗口。}
        items:
          - id: A
            title: 登记
            department: 卫健
            kind: 公共服务
            statutory: 10wd
            promised: {parameter: 时限}
            results:
              - id: certificate
                title: 证明
                issuer: here
                licence: 证明
                fields:
                  - {id: number, title: 编号}
                supplies:
                  - {field: number, to: certificate_number}
          - id: B
            title: 发证
            department: 公安
            kind: 行政确认
            promised: 3wd
            fees:
              - {title: 工本费, amount: {parameter: 工本费}, when: {情形: 乙}}
            after: [A]
          - id: C
            title: 补贴
            department: 人社
            kind: 行政给付
            promised: 6wd
            when: {加急: 否}
        parties:
          - {id: spouse, title: 配偶, when: {配偶: 是}, name: spouse_name, identifier: spouse_number, consent: always}
        form:
          - title: 申请人
            fields:
              - {id: name, title: 姓名, kind: person-name, prefill: applicant.name}
              - {id: way, title: 方式, kind: choice, options: [快, 慢], items: [C]}
              - {id: certificate_number, title: 证明编号, items: [B]}
              - {id: spouse_name, title: 配偶姓名, kind: person-name, when: {配偶: 是}}
              - {id: spouse_number, title: 配偶证件号码, kind: resident-id, when: {配偶: 是}}
        materials:
          - {id: paper, title: 登记表, items: [A], sources: [upload]}
          - {id: household, title: 户口簿, items: [A, C], sources: [{licence: 户口簿}, upload]}
          - {id: certificate, title: 证明, items: [B], sources: [{result: A/certificate}]}
          - {id: promise, title: 声明, items: [B], when: {情形: 乙}, sources: [{check: 声明库}], commitment: {file: texts/promise.md}}
        advice:
          - {when: {情形: 甲}, text: 请尽早办理。}
        duplicate: [applicant, name]

        """

    static let texts = ["texts/promise.md": "本人承诺属实。"]

    static let examples = """
        examples:
          - name: 甲
            answers: {情形: 甲, 加急: 否, 配偶: 是}
            available: [{licence: 户口簿}]
            expect:
              items: [A, C, B]
              upload: [paper]
              exempt: {household: licence, certificate: result}
              deadline: 8wd
              longest: 6wd
              fees: []
              consents: [spouse]
          - name: 丙
            answers: {情形: 丙}
            expect: {outcome: 另走渠道}

        """
}
