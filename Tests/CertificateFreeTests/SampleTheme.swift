/// A theme of two items whose materials come from everywhere: a licence, an item of the case, a promise, an upload.
enum SampleTheme {
    static let text = """
        id: marriage
        title: 示例一件事
        version: 0.1.0
        summary: 演练用的示例。
        audience: person
        lead: 民政
        words: [示例]
        promise: 3wd
        licences: [户口簿]
        questions:
          - id: 由谁办理
            title: 由本人办理，还是委托别人办理？
            options: [本人办理, 委托办理]
        items:
          - id: A01
            title: 示例登记
            department: 民政
            kind: 公共服务
            promised: 2wd
            results:
              - {id: receipt, title: 登记回执, issuer: here, licence: 登记回执}
          - id: A02
            title: 示例发证
            department: 市场监管
            kind: 公共服务
            promised: 1wd
            after: [A01]
            results:
              - {id: certificate, title: 示例证, issuer: here, licence: 示例证}
        form:
          - title: 申请人
            fields:
              - {id: applicant_name, title: 姓名, kind: person-name, prefill: applicant.name}
              - {id: applicant_number, title: 身份证号码, kind: resident-id, prefill: applicant.id_number}
              - {id: applicant_mobile, title: 手机号码, kind: mobile, prefill: applicant.mobile}
              - {id: purpose, title: 用途, kind: text}
          - title: 代办人
            fields:
              - {id: agent_name, title: 代办人姓名, kind: person-name, when: {由谁办理: 委托办理}}
        parties:
          - {id: agent, title: 代办人, when: {由谁办理: 委托办理}, name: agent_name}
        materials:
          - id: household
            title: 户口簿
            items: [A01]
            sources: [{licence: 户口簿, of: applicant}, upload]
          - id: receipt
            title: 登记回执
            items: [A02]
            sources: [{result: A01/receipt}, upload]
          - id: single
            title: 婚姻状况证明（原件）
            items: [A01]
            sources: [upload]
            commitment: 本人承诺，现在没有配偶。
          - id: record
            title: 《无犯罪记录证明》
            items: [A02]
            sources: [upload]
          - id: authorisation
            title: 授权委托书
            when: {由谁办理: 委托办理}
            items: [A01]
            sources: [upload]

        """
}
